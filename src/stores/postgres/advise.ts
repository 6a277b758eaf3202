/** What to do when PostgreSQL cannot be used. */
import { UNREACHABLE, type Failure } from '../store.ts';
import { hostOf, readPostgresUrl } from './url.ts';
import type { PostgresConfig } from './variables.ts';

/** What pg says, without a code, of a server that does not answer or hangs up. */
const SILENT = /connection timeout|timeout exceeded|Connection terminated|Query read timeout/i;
const UNTRUSTED = /CERT|SIGNATURE|ISSUER|ERR_TLS|ERR_SSL/;

/** Never shows a password. */
export function advisePostgres(
  { code, message }: Failure,
  { url, auth }: PostgresConfig,
): string | undefined {
  // The embedded server's own messages say what to do.
  if (url === undefined) return undefined;
  const address = readPostgresUrl(url);
  if (!address) return undefined;
  const server = `PostgreSQL at ${hostOf(address) || 'its default address'}`;
  if (UNREACHABLE.test(code) || SILENT.test(message)) {
    return `${server} cannot be reached. Check that it runs and that DATABASE_URL is right`;
  }
  if (UNTRUSTED.test(code)) {
    return `${server} shows a certificate that is not trusted. DATABASE_SSL_CA must hold the authority that signed it, and DATABASE_URL the host name in it`;
  }
  if (message.includes('password must be a string')) {
    return `${server} asks for a password. Put one into DATABASE_URL, or into PGPASSWORD`;
  }
  if (message.includes('no encryption')) {
    return `${server} takes no connection without TLS. Set DATABASE_SSL_CA, or put sslmode=verify-full into DATABASE_URL`;
  }
  if (message.includes('does not support SSL')) return `${server} does not offer TLS. Switch it on there`;
  return adviceOf(server, address, auth)[code];
}

/** By the codes of PostgreSQL. */
function adviceOf(
  server: string,
  { pathname, username }: URL,
  auth: PostgresConfig['auth'],
): Record<string, string> {
  const refused =
    auth === 'iam'
      ? `${server} refuses the IAM token of ${username}. A migration with DATABASE_IAM_USER makes that user; this process needs the right rds-db:connect as it, and AWS_REGION must be the server's`
      : `${server} refuses the user or the password. Correct DATABASE_URL, or PGPASSWORD where that has none`;
  return {
    '28000': refused,
    '28P01': refused,
    '3D000': `${server} has no database ${pathname.slice(1)}. Create it, or correct DATABASE_URL`,
    '42P01': `${server} lacks tables. Run "npm run migrate"`,
    '42501': `${server} does not let ${username} do this. Migrate as the owner of the tables; with DATABASE_IAM_USER that gives the service's user its rights`,
    '53300': `${server} has no connection left. Lower DATABASE_POOL_SIZE, or raise its max_connections`,
    '57P03': `${server} is starting or stopping. Try again in a moment`,
  };
}
