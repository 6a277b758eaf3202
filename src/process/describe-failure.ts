/** What went wrong and what to do about it, in one line for people; programs read the log. */
import type { Config } from '../config/config.ts';
import { storeOf } from '../stores/registry.ts';
import { OtherStoreFailure } from '../stores/store.ts';

type Circumstances = Pick<Config, 'host' | 'port' | 'store'> & Partial<Pick<Config, 'move'>>;

/** Never shows a password. */
export function describeFailure(error: unknown, circumstances: Circumstances): string {
  const { code, syscall, hostname, message } = detailsOf(error);
  const { store: first, move } = circumstances;
  const store = error instanceof OtherStoreFailure && move?.to.type === error.type ? move.to : first;
  if (isListenFailure(syscall, hostname, circumstances)) return describeListenFailure(code, circumstances);
  const advice = storeOf(store).advise({ code, message }, store);
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
  const address = storeOf(store).addressOf(store);
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
