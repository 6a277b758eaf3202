/**
 * Apollo finds a parsed document by the SHA-256 of its text, which it computes at every request, or takes from a client that
 * sends the hash in place of the text. What clients send as text again and again is hashed here once, and handed on as a
 * persisted query whose text is known.
 */
import { createHash } from 'node:crypto';
import type { ApolloServerOptions } from '@apollo/server';

type PersistedQueries = NonNullable<ApolloServerOptions<object>['persistedQueries']>;
export type TextCache = NonNullable<Exclude<PersistedQueries, false>['cache']>;

export interface KnownDocuments {
  /** The body of a POST with a hash in place of its text, where the client did not use `extensions` itself. */
  abbreviate(body: unknown): unknown;
  /** For Apollo's persisted queries: the texts that were abbreviated, and those that clients registered. */
  readonly texts: TextCache;
}

/** Most texts, and characters of one, that are remembered: at most 4 MB. */
const CAPACITY = 500;
const LONGEST = 4_096;

/** The prefix of Apollo's keys. */
const PREFIX = 'apq:';

/** @param registered where Apollo keeps the texts that clients register */
export function createKnownDocuments(registered: () => TextCache): KnownDocuments {
  const hashes = new Map<string, string>();
  const texts = new Map<string, string>();

  function hashOf(text: string): string {
    const known = hashes.get(text);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(text).digest('hex');
    const [oldest] = hashes;
    if (oldest && hashes.size >= CAPACITY) {
      hashes.delete(oldest[0]);
      texts.delete(PREFIX + oldest[1]);
    }
    hashes.set(text, hash);
    texts.set(PREFIX + hash, text);
    return hash;
  }

  return {
    abbreviate(body) {
      if (typeof body !== 'object' || body === null) return body;
      const { query, extensions, ...rest } = body as Record<string, unknown>;
      if (typeof query !== 'string' || query === '' || query.length > LONGEST || !isUnused(extensions))
        return body;
      return { ...rest, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(query) } } };
    },
    texts: {
      get: async (key) => texts.get(key) ?? registered().get(key),
      set: (...args) => registered().set(...args),
      delete: (key) => registered().delete(key),
    },
  };
}

function isUnused(extensions: unknown): boolean {
  if (extensions === undefined || extensions === null) return true;
  return typeof extensions === 'object' && !Array.isArray(extensions) && Object.keys(extensions).length === 0;
}
