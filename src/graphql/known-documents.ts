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
  /**
   * Puts a hash in place of the text in the body of a POST, where the client did not use `extensions` itself.
   * @param body freshly parsed, and nobody else's
   */
  abbreviate(body: unknown): unknown;
  /** For Apollo's persisted queries: the texts that were abbreviated, and those that clients registered. */
  readonly texts: TextCache;
}

/** Most texts, and characters of one, that are remembered: at most 4 MB. */
const CAPACITY = 500;
const LONGEST = 4_096;

/** The prefix of Apollo's keys. */
const PREFIX = 'apq:';

/** What stands in the extensions of a persisted query. */
interface Abbreviation {
  readonly persistedQuery: { readonly version: 1; readonly sha256Hash: string };
}

/** @param registered where Apollo keeps the texts that clients register */
export function createKnownDocuments(registered: () => TextCache): KnownDocuments {
  const known = new Map<string, Abbreviation>();
  const texts = new Map<string, string>();

  function abbreviationOf(text: string): Abbreviation {
    const before = known.get(text);
    if (before) return before;
    const sha256Hash = createHash('sha256').update(text).digest('hex');
    const [oldest] = known;
    if (oldest && known.size >= CAPACITY) {
      known.delete(oldest[0]);
      texts.delete(PREFIX + oldest[1].persistedQuery.sha256Hash);
    }
    const abbreviation = { persistedQuery: { version: 1, sha256Hash } } as const;
    known.set(text, abbreviation);
    texts.set(PREFIX + sha256Hash, text);
    return abbreviation;
  }

  return {
    abbreviate(body) {
      if (typeof body !== 'object' || body === null) return body;
      const request = body as Record<string, unknown>;
      const { query, extensions } = request;
      if (typeof query !== 'string' || query === '' || query.length > LONGEST || !isUnused(extensions))
        return body;
      request['query'] = undefined;
      request['extensions'] = abbreviationOf(query);
      return request;
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
