/** One history: its requests go to every store, and all the answers must be those of the first. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { createCartOperations, type CartOperations } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import type { Cart } from '../../src/cart/cart.ts';
import type { Catalog } from '../../src/stores/catalog.ts';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import { InputError } from '../../src/cart/input-error.ts';
import { parseCartCursor } from '../../src/cart/page.ts';
import { PermissionError } from '../../src/cart/viewer.ts';
import { TTL } from '../support/carts.ts';
import { createTimedCatalog } from '../support/timed-catalog.ts';
import { makeRequest, pageAnswer, type Memory, type Request } from './history-request.ts';
import type { Step } from './history-step.ts';

export interface ComparedStore {
  readonly name: string;
  readonly carts: CartStore;
  /** Every store's must answer alike; without one, prices and names follow from the clock. */
  readonly catalog?: Catalog;
  readonly close?: () => Promise<void>;
}

/** @param number makes the history's customers its own */
export function openHistory(
  stores: readonly ComparedStore[],
  clock: () => number,
  name: string,
  number: number,
) {
  const log: string[] = [];
  const memory: Memory = {
    customers: [String(2 * number + 1), `auth0|${2 * number + 2}`],
    ids: [],
    carts: new Map(),
    keyed: [],
    cursors: new Map(),
    uuid: (about) => uuidOf(`${name} ${about}`),
  };
  const compared = stores.map((store) => ({ ...store, operations: operationsOn(store, clock, name) }));

  /** Asks every store; the answer they all gave. */
  async function askAll(question: string, ask: (store: (typeof compared)[number]) => Promise<unknown>) {
    log.push(`${new Date(clock()).toISOString()} ${question}`);
    const answers = await Promise.all(compared.map((store) => answerOf(store.name, () => ask(store))));
    answers.slice(1).forEach((answer, index) => {
      if (isDeepStrictEqual(answer, answers[0])) return; // many times as fast as the comparison that explains itself
      try {
        expect(answer).toEqual(answers[0]);
      } catch (error) {
        const names = `${compared[index + 1]?.name ?? ''} (received) and ${compared[0]?.name ?? ''} (expected)`;
        throw new Error(`${names} differ after\n${log.join('\n')}\n${(error as Error).message}`, {
          cause: error,
        });
      }
    });
    return answers[0];
  }

  return {
    /** The answer that all stores gave, undefined for a step that does nothing. */
    async take(step: Step): Promise<unknown> {
      const request = makeRequest(step, memory, clock());
      if (!request) return undefined;
      const answer = await askAll(request.text, ({ operations }) => request.send(operations));
      remember(answer, request, memory);
      return answer;
    },

    /** Compares all carts, with their change logs, and the pages of both customers: all, and those of one status. */
    async compareAll(): Promise<void> {
      await askAll('load all carts', ({ carts }) => carts.load(memory.ids, { consistent: true }));
      const statuses = ['ACTIVE', 'CHECKED_OUT', 'MERGED'] as const;
      for (const [at, customerId] of memory.customers.entries()) {
        for (const status of [undefined, statuses[(number + at) % 3]]) {
          await askAll(`list ${status ?? 'all'} carts of customer ${customerId}`, ({ carts }) =>
            walk(carts, customerId, status),
          );
        }
      }
    },
  };
}

function remember(answer: unknown, { cartId = '' }: Request, { ids, carts }: Memory): void {
  const { carts: seen = [], problems } = answer as Partial<ChangeOutcome>;
  const wasDeleted = problems?.length === 0 && !seen[0];
  if (wasDeleted) carts.delete(cartId);
  for (const cart of seen) {
    if (!cart) continue;
    if (!ids.includes(cart.id)) ids.unshift(cart.id);
    carts.set(cart.id, cart);
  }
}

/** All pages of a customer's carts, two carts each, every one from the last one's cursor. */
async function walk(carts: CartStore, customerId: string, status: Cart['status'] | undefined) {
  const pages: ReturnType<typeof pageAnswer>[] = [];
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? {} : { after: parseCartCursor(cursor, 'after') };
    pages.push(
      pageAnswer(await carts.listByCustomer(customerId, { first: 2, ...after, ...(status && { status }) })),
    );
    cursor = pages.at(-1)?.hasNextPage ? pages.at(-1)?.endCursor : undefined;
  } while (cursor !== undefined);
  return pages;
}

/** The operations on a store, all of whose chances are counted off rather than thrown. */
function operationsOn(store: ComparedStore, clock: () => number, name: string): CartOperations {
  let drawn = 0;
  const draw = (what: string) => hashOf(`${name} ${what} ${(drawn += 1)}`);
  return createCartOperations({
    carts: store.carts,
    catalog: store.catalog ?? createTimedCatalog(clock),
    queue: createCartQueue(),
    clock,
    newId: () => uuidFrom(draw('id')),
    newChangeId: () => Uint8Array.from(draw('change').subarray(0, 16)),
    jitter: () => 0,
    ttl: TTL,
    currency: 'USD',
  });
}

/** What a client is told; any other error is a fault of the store. */
async function answerOf(store: string, ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PermissionError || error instanceof InputError) {
      return { error: error.name, message: error.message };
    }
    throw new Error(`${store} failed: ${String(error)}`, { cause: error });
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function uuidOf(text: string): string {
  return uuidFrom(hashOf(text));
}

function uuidFrom(hash: Buffer): string {
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
