/** What went wrong and what to do about it, in one line for people; programs read the log. */
import type { Config } from '../config/config.ts';
import { hostOf, readPostgresUrl } from '../stores/postgres-url.ts';

type Circumstances = Pick<Config, 'host' | 'port' | 'store'>;
type PostgresConfig = Extract<Config['store'], { type: 'postgres' }>;
type DynamoDBConfig = Extract<Config['store'], { type: 'dynamodb' }>;

/** Never shows a password. */
export function describeFailure(error: unknown, circumstances: Circumstances): string {
  const { code, syscall, hostname, message } = detailsOf(error);
  const { store } = circumstances;
  if (isListenFailure(syscall, hostname, circumstances)) return describeListenFailure(code, circumstances);
  const advice =
    store.type === 'postgres' ? advisePostgres(code, message, store) : adviseDynamoDB(code, store);
  const reason = code === '' || message.includes(code) ? message : `${code}: ${message}`;
  const lines = (advice === undefined ? message : `${advice} (${reason})`).split('\n');
  return lines.map((line) => line.trim()).join(' ');
}

interface Details {
  /** That of the system, of PostgreSQL or of TLS; for AWS's errors their name. Else empty. */
  readonly code: string;
  readonly syscall: string | undefined;
  /** The name that could not be resolved. */
  readonly hostname: string | undefined;
  readonly message: string;
}

function detailsOf(error: unknown): Details {
  if (!(error instanceof Error)) {
    return { code: '', syscall: undefined, hostname: undefined, message: String(error) };
  }
  const { code, syscall, hostname, errors, name, cause } = error as SystemError;
  // A failure to reach any of several addresses has its reasons in a list, and an empty message.
  const [first] = errors ?? [];
  const message = error.message || (first instanceof Error ? first.message : name);
  const reason = name === 'Error' ? detailsOf(cause).code : name;
  return { code: code ?? reason, syscall, hostname, message };
}

type SystemError = NodeJS.ErrnoException & { hostname?: string; errors?: unknown[] };

/**
 * Listening fails as such; in one of several workers as `bind`, which the first process does for them; and where HOST
 * cannot be resolved as any look-up does, then by the name that is not the database's.
 */
function isListenFailure(
  syscall: string | undefined,
  hostname: string | undefined,
  { host, store }: Circumstances,
): boolean {
  if (syscall === 'listen' || syscall === 'bind') return true;
  const address = store.type === 'postgres' ? store.url : store.endpoint;
  const database = address === undefined ? undefined : new URL(address).hostname;
  return syscall === 'getaddrinfo' && hostname === host && hostname !== database;
}

function describeListenFailure(code: string, { host, port }: Circumstances): string {
  const unknown = `HOST is ${host}, which no name server knows (${code}). Correct it; 127.0.0.1 is this machine alone, 0.0.0.0 every network.`;
  const reasons: Record<string, string> = {
    ENOTFOUND: unknown,
    EAI_AGAIN: unknown,
    EADDRINUSE: `Port ${port} on ${host} is in use (EADDRINUSE). Stop what uses it, or set PORT to another one.`,
    EACCES: `This user may not listen on port ${port} (EACCES). Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host} (EADDRNOTAVAIL). Correct HOST.`,
  };
  return reasons[code] ?? `Cannot listen on ${host}, port ${port} (${code}). Check HOST and PORT.`;
}

const UNREACHABLE = /^(E(CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|PIPE)|TimeoutError)$/;
/** What pg says, without a code, of a server that does not answer or hangs up. */
const SILENT = /connection timeout|timeout exceeded|Connection terminated|Query read timeout/i;
const UNTRUSTED = /CERT|SIGNATURE|ISSUER|ERR_TLS|ERR_SSL/;

function advisePostgres(code: string, message: string, { url, auth }: PostgresConfig): string | undefined {
  // The embedded server's own messages say what to do.
  if (url === undefined) return undefined;
  const address = readPostgresUrl(url);
  if (!address) return undefined;
  const { pathname, username } = address;
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
  const refused =
    auth === 'iam'
      ? `${server} refuses the IAM token of ${username}. A migration with DATABASE_IAM_USER makes that user; this process needs the right rds-db:connect as it, and AWS_REGION must be the server's`
      : `${server} refuses the user or the password. Correct DATABASE_URL, or PGPASSWORD where that has none`;
  const advice: Record<string, string> = {
    '28000': refused,
    '28P01': refused,
    '3D000': `${server} has no database ${pathname.slice(1)}. Create it, or correct DATABASE_URL`,
    '42P01': `${server} lacks tables. Run "npm run migrate"`,
    '42501': `${server} does not let ${username} do this. Migrate as the owner of the tables; with DATABASE_IAM_USER that gives the service's user its rights`,
    '53300': `${server} has no connection left. Lower DATABASE_POOL_SIZE, or raise its max_connections`,
    '57P03': `${server} is starting or stopping. Try again in a moment`,
  };
  return advice[code];
}

function adviseDynamoDB(code: string, { endpoint, dataDir, region }: DynamoDBConfig): string | undefined {
  if (endpoint === undefined && dataDir !== undefined) return undefined;
  const server = `DynamoDB at ${endpoint ?? `AWS, ${region}`}`;
  if (UNREACHABLE.test(code)) {
    return `${server} cannot be reached. Check that it runs and that AWS_ENDPOINT_URL_DYNAMODB is right`;
  }
  if (code === 'ResourceNotFoundException') {
    return endpoint === undefined
      ? `${server} lacks a table. Terraform makes it: check DYNAMODB_TABLE_NAME, DYNAMODB_PRODUCTS_TABLE_NAME and AWS_REGION`
      : `${server} lacks a table. Run "npm run dynamodb:setup"`;
  }
  if (code === 'CredentialsProviderError') {
    return 'There are no AWS credentials. Give some, or name another DynamoDB in AWS_ENDPOINT_URL_DYNAMODB';
  }
  return undefined;
}
