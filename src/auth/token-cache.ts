/** Tokens that were verified a moment ago: checking a signature costs more than the rest of a small request. */
import type { Viewer } from '../cart/viewer.ts';

/** Most tokens that are remembered; a token has at most the 16 KB of all headers. */
const CAPACITY = 5_000;

/** Milliseconds after which a signature is checked again, so that a key that was withdrawn is soon refused. */
const LONGEST = 60_000;

export interface TokenCache {
  find(token: string): Viewer | undefined;
  /** @param expiresAt milliseconds since the epoch; not remembered beyond */
  remember(token: string, viewer: Viewer, expiresAt: number): void;
}

export function createTokenCache(clock: () => number, capacity = CAPACITY): TokenCache {
  const entries = new Map<string, { readonly viewer: Viewer; readonly until: number }>();

  return {
    find(token) {
      const entry = entries.get(token);
      if (entry === undefined || clock() < entry.until) return entry?.viewer;
      entries.delete(token);
      return undefined;
    },
    remember(token, viewer, expiresAt) {
      const now = clock();
      if (expiresAt <= now) return;
      entries.delete(token);
      const [oldest] = entries.keys();
      if (entries.size >= capacity && oldest !== undefined) entries.delete(oldest);
      entries.set(token, { viewer, until: Math.min(expiresAt, now + LONGEST) });
    },
  };
}
