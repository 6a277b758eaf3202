/** The same endpoint twice, on equal data: once with compiled operations, once with graphql-js for everything. */
import { expect } from 'vitest';
import { createCartOperations } from '../../src/cart/cart-operations.ts';
import { createCartQueue } from '../../src/cart/cart-queue.ts';
import type { CartStore } from '../../src/cart/cart-store.ts';
import type { Catalog } from '../../src/cart/catalog.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { createGraphQLEndpoint, type GraphQLEndpoint } from '../../src/graphql/graphql-endpoint.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import type { HttpRequest, HttpResponse } from '../../src/http.ts';
import { createLog } from '../../src/log.ts';
import { createMemoryCartStore } from './memory-store.ts';
import { createMemoryCatalog, product } from './memory-catalog.ts';
import { newCart, NOON, TTL } from './carts.ts';

/** A cart that is there, one whose load fails, and one that nobody has. */
export const CART = '00000000-0000-4000-8000-000000000001';
export const BROKEN = '00000000-0000-4000-8000-00000000dead';
export const NOBODYS = '00000000-0000-4000-8000-00000000ffff';
/** The customer of CART, and the product whose lookup fails. */
export const CUSTOMER = 7;
export const BROKEN_PRODUCT = 500;

export interface Question {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

export interface EndpointPair {
  /** Asks both so often that the compiled one has compiled, and expects equal answers each time; the last one. */
  ask(question: Question, request?: Partial<HttpRequest>): Promise<HttpResponse>;
  close(): Promise<void>;
}

export async function openEndpointPair({ introspection = false } = {}): Promise<EndpointPair> {
  const compiled = await openEndpoint(introspection, true);
  const stock = await openEndpoint(introspection, false);
  return {
    async ask(question, request = {}) {
      let answer: HttpResponse | undefined;
      for (let time = 1; time <= TIMES; time += 1) {
        const expected = await stock.handle(toRequest(question, request));
        answer = await compiled.handle(toRequest(question, request));
        expect(answer, `time ${time}: ${question.query ?? ''}`).toEqual(expected);
      }
      return answer as HttpResponse;
    },
    async close() {
      await compiled.close();
      await stock.close();
    },
  };
}

/** Three sightings until an operation is compiled, and one time more. */
const TIMES = 4;

function toRequest(question: Question, partial: Partial<HttpRequest>): HttpRequest {
  return {
    method: 'POST',
    path: '/graphql',
    search: '',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
    viewer: { kind: 'staff' } satisfies Viewer,
    signal: new AbortController().signal,
    requestId: 'the-request',
    ...partial,
  };
}

async function openEndpoint(introspection: boolean, compile: boolean): Promise<GraphQLEndpoint> {
  const memory = createMemoryCartStore(() => NOON);
  const item = (productId: number) => ({
    productId,
    productName: `Product "${productId}" – ünïcödé \u2028 </script>`,
    unitPrice: 99 + productId,
    quantity: productId,
  });
  const cart = newCart(NOON, { id: CART, customerId: CUSTOMER, items: [1, 2, 3].map(item) });
  await memory.commit([{ after: cart }]);
  const carts: CartStore = {
    ...memory,
    load: (ids, options) =>
      ids.includes(BROKEN) ? Promise.reject(new Error('the disk is gone')) : memory.load(ids, options),
  };
  const products = new Map([1, 2, 4, 5, 6].map((id) => [id, product(id)]));
  const sold = createMemoryCatalog(products);
  const catalog: Catalog = {
    ...sold,
    findMany: (ids) =>
      ids.includes(BROKEN_PRODUCT) ? Promise.reject(new Error('no catalogue')) : sold.findMany(ids),
  };
  let made = 0;
  const operations = createCartOperations({
    carts,
    catalog,
    clock: () => NOON,
    queue: createCartQueue(),
    newChangeId: () => new Uint8Array(16).fill((made += 1)),
    newId: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '9')}`,
    jitter: () => 0,
    ttl: TTL,
    currency: 'USD',
  });
  const limits = { depth: 12, aliases: 30, rootFields: 10, cost: 5000, tokens: 2000, responseItems: 1000 };
  const log = createLog('silent');
  const schema = createSchema();
  return createGraphQLEndpoint({ operations, catalog, schema, introspection, limits, log, compile });
}
