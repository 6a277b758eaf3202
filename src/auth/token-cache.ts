/** Tokens that were verified a moment ago: checking a signature costs more than the rest of a small request. */
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../cart/viewer.ts';

/** Most tokens that are remembered. */
const CAPACITY = 5_000;

/** Characters of all tokens that are remembered, a byte each: 5,000 of the usual size, or 512 that fill the headers of a request. */
const CHARACTERS = 8 * 1024 * 1024;

/** Milliseconds after which a signature is checked again, so that a key that was withdrawn is soon refused. */
const LONGEST = 60_000;

export interface TokenCache {
  find(token: string): Viewer | undefined;
  /** @param expiresAt milliseconds since the epoch; not remembered beyond */
  remember(token: string, viewer: Viewer, expiresAt: number): void;
}

interface Entry {
  readonly viewer: Viewer;
  /** Milliseconds since the epoch; compared here, by the clock that judges tokens. */
  readonly until: number;
}

/** Beyond its capacity, in tokens or in characters, it forgets what nobody has asked for longest. */
export function createTokenCache(
  clock: () => number,
  capacity = CAPACITY,
  characters = CHARACTERS,
): TokenCache {
  const entries = new LRUCache<string, Entry>({
    max: capacity,
    maxSize: characters,
    sizeCalculation: (_entry, token) => token.length,
  });

  return {
    find(token) {
      const entry = entries.get(token);
      if (entry === undefined || clock() < entry.until) return entry?.viewer;
      entries.delete(token);
      return undefined;
    },
    remember(token, viewer, expiresAt) {
      const now = clock();
      if (token === '' || expiresAt <= now) return;
      entries.set(token, { viewer, until: Math.min(expiresAt, now + LONGEST) });
    },
  };
}
