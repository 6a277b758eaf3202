/** How a client is made, and what a browser gives where nothing is said. */
import type { Sender } from './attempt.ts';
import type { CartChannel, CartStorage } from './kept.ts';
import type { Patience } from './persist.ts';

export interface CartClientOptions {
  /** Of the GraphQL endpoint: "https://carts.example.com/graphql". */
  readonly url: string;
  /** The token of who is signed in; nothing for a guest. Asked for at every request. */
  readonly getToken?: Sender['getToken'];
  readonly fetch?: typeof globalThis.fetch;
  /** Where the id of a guest's cart is kept; `localStorage` unless another is given, null for nowhere. */
  readonly storage?: CartStorage | null;
  /** Over which tabs hear of each other; a BroadcastChannel unless another is given, null for none. */
  readonly channel?: CartChannel | null;
  /** The name in storage and of the channel; "cartwright.cart". */
  readonly name?: string;
  /** Milliseconds for an intention with all its attempts; 20,000. */
  readonly deadline?: number;
  /** Milliseconds since some moment; `performance.now`. */
  readonly now?: Patience['now'];
  readonly wait?: Patience['wait'];
  readonly random?: Patience['random'];
  /** For idempotency keys; they must not be guessed. `crypto.randomUUID`. */
  readonly newKey?: () => string;
}

export type Settings = Sender &
  Patience & {
    readonly storage: CartStorage | undefined;
    readonly channel: CartChannel | undefined;
    readonly name: string;
    readonly deadline: number;
    readonly newKey: () => string;
  };

const DEADLINE = 20_000;

export function toSettings(options: CartClientOptions): Settings {
  const { name = 'cartwright.cart', storage = browserStorage(), channel } = options;
  return {
    url: options.url,
    // Browsers refuse a fetch that is called as a method of something else.
    fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
    getToken: options.getToken,
    storage: storage ?? undefined,
    channel: (channel === undefined ? browserChannel(name) : channel) ?? undefined,
    name,
    deadline: options.deadline ?? DEADLINE,
    now: options.now ?? (() => performance.now()),
    wait: options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    random: options.random ?? Math.random,
    newKey: options.newKey ?? newUuid,
  };
}

/** @returns how many milliseconds are left */
export function timer({ now, deadline }: Pick<Settings, 'now' | 'deadline'>): () => number {
  const until = now() + deadline;
  return () => until - now();
}

/**
 * Tabs are processes of their own, and hear too late of what another writes into the storage at the same moment. Where there are no
 * locks, as on a page without TLS, they open the same cart unless it was the very same moment.
 */
export function oneTabAtATime<Result>(
  name: string,
  left: () => number,
  run: () => Promise<Result>,
): Promise<Result> {
  const { document, navigator } = globalThis as { document?: unknown; navigator?: { locks?: LockManager } };
  const time = left();
  if (!document || !navigator?.locks || time <= 0) return run();
  const signal = AbortSignal.timeout(Math.ceil(time));
  // Forbidden, or never its turn: then no time is left either.
  return navigator.locks.request(name, { signal }, run).catch(run);
}

/** Undefined on a server, and where the browser forbids it. */
function browserStorage(): CartStorage | undefined {
  try {
    return (globalThis as { document?: unknown }).document ? globalThis.localStorage : undefined;
  } catch {
    return undefined;
  }
}

/** As above; and of browsers that have none. */
function browserChannel(name: string): CartChannel | undefined {
  try {
    return (globalThis as { document?: unknown }).document ? new BroadcastChannel(name) : undefined;
  } catch {
    return undefined;
  }
}

/** `randomUUID` is not there for pages without TLS, as when a telephone looks at a developer's machine. */
function newUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
