/** Certificates made for a test. */
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM, as the next. */
  readonly certificate: string;
  readonly key: string;
}

/** An authority that can sign others. */
export async function createAuthority(name: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { certificate: made.cert, key: made.private };
}

/** A server's certificate for one host name, signed by `authority`. */
export async function createServerCertificate(authority: Certificate, host: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'a server' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.key, cert: authority.certificate },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
