/** Keys for development: where tokens are asked for and nobody has set up keys, the service signs tokens of its own. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { AuthConfig, JwtConfig } from '../config/auth.ts';
import { Unauthenticated } from './unauthenticated.ts';
import { STAFF_SCOPE, viewerOfClaims } from './viewer-of-claims.ts';

const PREFIX = 'secret-of-';

/** Seconds for which a token of {@link createDevelopmentTokens} is good: a day's work. */
const LIFE = 12 * 3_600;

/** 64 characters: enough for SHA-512 (RFC 7518 wants as many bytes as the hash has). */
const SECRET_BYTES = 48;

/** The file of one day, in UTC. */
export function secretFile(folder: string, clock: () => number): string {
  return join(folder, PREFIX + new Date(clock()).toISOString().slice(0, 10));
}

/**
 * One secret for a day: tokens that a page has kept are good after a restart, and of no use to whoever finds them a day later.
 * All processes with the same folder get the same one; a process keeps the one it began with.
 * @throws Error when the folder cannot be written
 */
export async function openSecretOfTheDay(folder: string, clock: () => number): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = secretFile(folder, clock);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  for (const name of await readdir(folder)) {
    if (name.startsWith(PREFIX) && join(folder, name) < file) await rm(join(folder, name), { force: true });
  }
  // Complete before it has its name: of two processes that begin at once, one makes it, and both read it.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 });
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return readFile(file, 'utf8');
}

/** A token of a customer, of staff without one; undefined for what tokens cannot name as a customer. */
export type IssueToken = (customerId?: string) => Promise<string | undefined>;

/** @param clock milliseconds since the epoch */
export function createDevelopmentTokens(config: JwtConfig, clock: () => number): IssueToken {
  const { secret = '', issuer, audience, algorithms, customerClaim } = config;
  const [alg = 'HS256'] = algorithms;

  return async (customerId) => {
    const who = customerId === undefined ? { scope: STAFF_SCOPE } : { [customerClaim]: customerId };
    if (!isBelieved(who, customerClaim)) return undefined;
    const token = new SignJWT(who)
      .setProtectedHeader({ alg })
      .setExpirationTime(Math.floor(clock() / 1000) + LIFE);
    if (issuer !== undefined) token.setIssuer(issuer);
    if (audience !== undefined) token.setAudience(audience);
    return token.sign(Buffer.from(secret));
  };
}

function isBelieved(claims: Record<string, string>, customerClaim: string): boolean {
  try {
    viewerOfClaims(claims, customerClaim);
    return true;
  } catch (error) {
    if (error instanceof Unauthenticated) return false;
    throw error;
  }
}

/** The configuration with a secret where the service makes one for itself, and then a way to get tokens. */
export async function withDevelopmentKeys(
  config: AuthConfig,
  clock: () => number,
): Promise<{ readonly auth: AuthConfig; readonly issue?: IssueToken }> {
  if (config.mode === 'none' || config.secretFolder === undefined) return { auth: config };
  const auth = { ...config, secret: await openSecretOfTheDay(config.secretFolder, clock) };
  return { auth, issue: createDevelopmentTokens(auth, clock) };
}
