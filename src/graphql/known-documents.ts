/**
 * The documents that clients send, as texts and parsed. Apollo finds a parsed document by the SHA-256 of its text, which it
 * computes at every request, or takes from a client that sends the hash in place of the text. What clients send as text again and
 * again is hashed here once, and handed on as a persisted query whose text is known.
 */
import { createHash } from 'node:crypto';
import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type PersistedQueries = NonNullable<ApolloServerOptions<object>['persistedQueries']>;
export type TextCache = NonNullable<Exclude<PersistedQueries, false>['cache']>;
export type DocumentStore = NonNullable<ApolloServerOptions<object>['documentStore']>;

export interface KnownDocuments {
  /**
   * Puts a hash in place of the text in the body of a POST, where the client did not use `extensions` itself.
   * @param body freshly parsed, and nobody else's
   */
  abbreviate(body: unknown): unknown;
  /** For Apollo's persisted queries: the texts that were abbreviated, and those that clients registered. */
  readonly texts: TextCache;
  /** For Apollo: the documents that are valid. */
  readonly parsed: DocumentStore;
}

/** Most texts, and characters of one, that are remembered without being asked to: at most 4 MB. */
const CAPACITY = 500;
const LONGEST = 4_096;

/** Characters of all texts together that clients have registered: with two bytes each 4 MB, some thousand of usual size. */
const REGISTERED = 2_000_000;

/** Tokens of all parsed documents together. With its nodes a token takes some 500 bytes: 25 MB, some hundreds of usual size. */
const PARSED = 50_000;

/** The prefix of Apollo's keys. */
const PREFIX = 'apq:';

/** What stands in the extensions of a persisted query. */
interface Abbreviation {
  readonly persistedQuery: { readonly version: 1; readonly sha256Hash: string };
}

export function createKnownDocuments(): KnownDocuments {
  const texts = new Map<string, string>();
  const known = new LRUCache<string, Abbreviation>({
    max: CAPACITY,
    dispose: ({ persistedQuery }) => texts.delete(PREFIX + persistedQuery.sha256Hash),
  });
  const registered = new LRUCache<string, string>({
    maxSize: REGISTERED,
    sizeCalculation: (text) => text.length,
  });
  const parsed = new LRUCache<string, DocumentNode>({ maxSize: PARSED, sizeCalculation: countTokens });

  function abbreviationOf(text: string): Abbreviation {
    const before = known.get(text);
    if (before) return before;
    const sha256Hash = createHash('sha256').update(text).digest('hex');
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
      ...asyncCache(registered),
      get: (key) => Promise.resolve(texts.get(key) ?? registered.get(key)),
    },
    parsed: asyncCache(parsed),
  };
}

/** In the form that Apollo asks for. */
function asyncCache<Value extends object | string>(cache: LRUCache<string, Value>) {
  return {
    get: (key: string) => Promise.resolve(cache.get(key)),
    set(key: string, value: Value) {
      cache.set(key, value);
      return Promise.resolve();
    },
    delete: (key: string) => Promise.resolve(cache.delete(key)),
  };
}

function countTokens({ loc }: DocumentNode): number {
  let count = 1;
  for (let token = loc?.startToken; token; token = token.next ?? undefined) count += 1;
  return count;
}

function isUnused(extensions: unknown): boolean {
  if (extensions === undefined || extensions === null) return true;
  return typeof extensions === 'object' && !Array.isArray(extensions) && Object.keys(extensions).length === 0;
}
