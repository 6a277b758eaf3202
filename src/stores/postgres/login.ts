/** What logging in to a PostgreSQL server takes beside its address: authorities to trust, tokens for passwords. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { readPostgresUrl } from './url.ts';
import type { PostgresConfig } from './variables.ts';

export interface PostgresLogin {
  readonly ssl?: ConnectionOptions;
  readonly password?: () => Promise<string>;
}

type LoginConfig = Pick<PostgresConfig, 'url' | 'auth' | 'sslCa' | 'region'>;

/**
 * Milliseconds for which a token is used for further connections. RDS takes it for 15 minutes, but no longer than the
 * credentials that signed it, and the SDK renews those when they have less than 5 minutes left.
 */
const TOKEN_REUSE = 60_000;

/** @throws Error when the file of `sslCa` cannot be read or holds no certificate */
export async function prepareLogin({ url, auth, sslCa, region }: LoginConfig): Promise<PostgresLogin> {
  if (url === undefined || !readPostgresUrl(url)) return {};
  return {
    ...(sslCa !== undefined && { ssl: { ca: await readAuthorities(sslCa), rejectUnauthorized: true } }),
    ...(auth === 'iam' && { password: await createTokenSource(url, region) }),
  };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Read one by one: TLS itself passes over what it does not understand, and would then trust nobody. */
async function readAuthorities(path: string): Promise<string[]> {
  const complain = (reason: string, cause?: unknown) =>
    new Error(`DATABASE_SSL_CA names ${path}, which ${reason}`, { cause });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw complain(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`, error);
  });
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw complain('holds no certificate in PEM form');
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (error) {
    throw complain('holds a damaged certificate', error);
  }
  return certificates;
}

/**
 * Asks for a token as often as a connection needs one; the signing is done here and needs no network. A token is good for one
 * host, port and user: those that the driver makes of the address, its parameters and the environment.
 */
async function createTokenSource(connectionString: string, region: string): Promise<() => Promise<string>> {
  const { Signer } = await import('@aws-sdk/rds-signer');
  const { host, port, user = '' } = new pg.Client({ connectionString });
  const signer = new Signer({ hostname: host, port, username: user, region });
  let token: Promise<string> | undefined;
  let madeAt = 0;
  return () => {
    if (token && Date.now() - madeAt < TOKEN_REUSE) return token;
    const made = signer.getAuthToken();
    made.catch(() => {
      // A failure is nobody's password: the next connection asks again.
      if (token === made) token = undefined;
    });
    token = made;
    madeAt = Date.now();
    return made;
  };
}
