/** The documents that were found valid, and the texts that clients have registered to ask for by their hash. */
import type { ApolloServerOptions } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { sizeOf } from './execution/document-size.ts';

type PersistedQueries = NonNullable<ApolloServerOptions<object>['persistedQueries']>;
export type TextCache = NonNullable<Exclude<PersistedQueries, false>['cache']>;
export type DocumentStore = NonNullable<ApolloServerOptions<object>['documentStore']>;

export interface KnownDocuments {
  /** The document of a text, where that was found valid and is still remembered. */
  find(text: string): DocumentNode | undefined;
  /** For Apollo, which looks for documents by the SHA-256 of their text. */
  readonly valid: DocumentStore;
  /** For Apollo's persisted queries. */
  readonly registered: TextCache;
}

/** Characters of all texts together that clients have registered: with two bytes each 4 MB, some thousand of usual size. */
const REGISTERED = 2_000_000;

/** Characters that take as much as what is kept beside a text: its hash, and its place. */
const ENTRY = 150;

/** Tokens of all valid documents together: with some 500 bytes each 25 MB, some hundreds of usual size. */
const TOKENS = 50_000;

interface Known {
  /** Apollo's. */
  readonly key: string;
  readonly document: DocumentNode;
}

export function createKnownDocuments(): KnownDocuments {
  const texts = new Map<string, string>();
  const known = new LRUCache<string, Known>({
    maxSize: TOKENS,
    sizeCalculation: ({ document }) => sizeOf(document),
    dispose: ({ key }) => texts.delete(key),
  });
  const find = (text: string | undefined) => (text === undefined ? undefined : known.get(text)?.document);
  const registered = new LRUCache<string, string>({
    maxSize: REGISTERED,
    sizeCalculation: (text) => text.length + ENTRY,
  });

  return {
    find,
    // In the form that Apollo asks for.
    valid: {
      get: (key) => Promise.resolve(find(texts.get(key))),
      set(key, document) {
        const text = document.loc?.source.body;
        if (text !== undefined) {
          known.set(text, { key, document });
          // Too large a document is not kept.
          if (known.has(text)) texts.set(key, text);
        }
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(known.delete(texts.get(key) ?? '')),
    },
    registered: {
      get: (key) => Promise.resolve(registered.get(key)),
      set(key, text) {
        registered.set(key, text);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(registered.delete(key)),
    },
  };
}
