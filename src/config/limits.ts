/** How much one request, and all of them together, may ask for. */
import type { z } from 'zod';
import { integer } from './variables.ts';

export const limitVariables = {
  REQUEST_TIMEOUT_MS: integer(100, 60_000, 2_000),
  MAX_IN_FLIGHT: integer(1, 100_000, 128),
  MAX_CONNECTIONS: integer(10, 100_000, 4_000),
  MAX_BODY_BYTES: integer(1_000, 10_000_000, 100_000),
  MAX_QUERY_BYTES: integer(100, 10_000_000, 30_000),
  COMPRESS_FROM_BYTES: integer(0, 999_999_999, 8_192),
  MAX_UNREAD_BYTES: integer(100_000, 999_999_999, 32_000_000),
  MAX_QUERY_TOKENS: integer(1, 100_000, 1_000),
  MAX_QUERY_DEPTH: integer(1, 100, 8),
  MAX_QUERY_ALIASES: integer(0, 1_000, 5),
  MAX_QUERY_ROOT_FIELDS: integer(1, 1_000, 5),
  MAX_QUERY_FIELDS: integer(1, 100_000, 1_000),
  MAX_QUERY_COST: integer(1, 100_000_000, 10_000),
  MAX_QUERY_CARTS: integer(1, 500, 100),
  MAX_RESPONSE_BYTES: integer(1_000, 999_999_999, 10_000_000),
};

type Variables = z.output<z.ZodObject<typeof limitVariables>>;

export type Limits = ReturnType<typeof toLimits>;

export function toLimits(env: Variables) {
  return {
    /**
     * Requests being answered at one time, whether or not their clients still wait; any more are refused at once. With twice as many
     * by default, what was beyond the knee took two to three times as long, and no more of it was answered (docs/performance.md).
     */
    inFlight: env.MAX_IN_FLIGHT,
    /** Connections of one process; any more are closed at once. */
    connections: env.MAX_CONNECTIONS,
    /** Bytes. */
    body: env.MAX_BODY_BYTES,
    /** Bytes of one answer. */
    responseBytes: env.MAX_RESPONSE_BYTES,
    /**
     * Bytes from which on an answer is compressed where its client asks for that. By default more than a small cart has: for
     * 1.3 KB the fastest way costs a fifth of what all else costs, and saves no packet. Undefined for none.
     */
    compressFrom: env.COMPRESS_FROM_BYTES === 0 ? undefined : env.COMPRESS_FROM_BYTES,
    /** Bytes of all answers of a process that their clients have not read. */
    unreadBytes: env.MAX_UNREAD_BYTES,
    /** Of a GraphQL document. */
    documentBytes: env.MAX_QUERY_BYTES,
    tokens: env.MAX_QUERY_TOKENS,
    /** Of a GraphQL operation. */
    depth: env.MAX_QUERY_DEPTH,
    aliases: env.MAX_QUERY_ALIASES,
    rootFields: env.MAX_QUERY_ROOT_FIELDS,
    /** Fields and fragments, counted wherever they are spread. */
    fields: env.MAX_QUERY_FIELDS,
    /** In objects that the answer is expected to hold. */
    cost: env.MAX_QUERY_COST,
    /** Carts that one GraphQL operation may read. */
    carts: env.MAX_QUERY_CARTS,
  };
}
