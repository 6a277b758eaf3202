/** The 150 operations one after the other, and the further access patterns, over REST or GraphQL. */
import {
  createRequests,
  exchange,
  readChange,
  readField,
  type CartRequests,
  type HttpAnswer,
} from '../client/cart-api.ts';
import type { Connections } from '../load/connections.ts';
import { createRandom, type Random } from '../load/random.ts';
import type { ResultRecord } from './results-file.ts';

/** An operation of one of the APIs. `read` gives the cart's id, or how many items or carts came; it throws for anything but a success. */
interface Operation {
  readonly request: Buffer;
  read(answer: HttpAnswer): string | number | undefined;
}
interface Shop {
  create(customerId: number): Operation;
  add(cartId: string, productId: number, quantity: number): Operation;
  get(cartId: string): Operation;
  list(customerId: number): Operation;
}

const rest = ({ plain }: CartRequests): Shop => {
  const path = (id: string) => `/shopping-carts/${encodeURIComponent(id)}`;
  /** @param good what a success may have for a status */
  const operation = (
    request: Buffer,
    good: number[],
    read: (body: string) => ReturnType<Operation['read']>,
  ) => ({
    request,
    read({ status, body }: HttpAnswer) {
      if (!good.includes(status)) throw new Error(`status ${status}`);
      return read(body);
    },
  });
  const readId = (body: string) =>
    // Some implementations number their carts.
    String((JSON.parse(body) as { shopping_cart_id: string | number }).shopping_cart_id);
  const countItems = (body: string) => (JSON.parse(body) as { items: unknown[] }).items.length;
  const countCarts = (body: string) => {
    const answer = JSON.parse(body) as object;
    const [list = []] = Array.isArray(answer) ? [answer] : Object.values(answer).filter(Array.isArray);
    return (list as unknown[]).length;
  };
  return {
    create: (customer) =>
      operation(plain('POST', '/shopping-carts', { customer_id: customer }), [200, 201], readId),
    add: (cartId, product, quantity) =>
      operation(
        plain('POST', `${path(cartId)}/items`, { product_id: product, quantity }),
        [200, 204],
        () => undefined,
      ),
    get: (cartId) => operation(plain('GET', path(cartId)), [200], countItems),
    list: (customer) =>
      operation(plain('GET', `/customers/${customer}/shopping-carts?limit=20`), [200], countCarts),
  };
};

const graphql = (requests: CartRequests): Shop => ({
  create: (customer) => ({
    request: requests.create({ customerId: String(customer) }),
    read: ({ body }) => readChange(body).id,
  }),
  add: (cartId, product, quantity) => ({
    request: requests.add(cartId, [{ productId: String(product), quantity }]),
    read: ({ body }) => readChange(body).id,
  }),
  get: (cartId) => ({
    request: requests.get(cartId),
    read: ({ body }) => readField<{ items: unknown[] } | null>(body)?.items.length,
  }),
  list: (customer) => ({
    request: requests.history(String(customer)),
    read: ({ body }) => readField<{ nodes: unknown[] }>(body).nodes.length,
  }),
});

const EACH = 50;
const SHOPPERS = 100;
const anyProduct = (random: Random) => random.integer(1, 1000);
const anyCustomer = (random: Random) => random.integer(1, 2_000_000_000);

/** Sends the operations and keeps a record of each; one that fails counts and the next one is sent. */
export function createTest(connections: Connections, host: string, api: 'rest' | 'graphql', seed: string) {
  const shop = { rest, graphql }[api](createRequests(host));
  const random = createRandom(seed);
  /** @param found how many things a success has read @returns what `read` gave; undefined for a failure */
  async function send(
    records: ResultRecord[] | undefined,
    name: ResultRecord['operation'],
    operation: Operation | undefined,
    found?: number,
  ) {
    const timestamp = new Date().toISOString();
    const start = performance.now();
    const answer = operation && (await exchange(connections, operation.request).catch(() => undefined));
    const response_time = Math.round((performance.now() - start) * 1000) / 1000;
    let [result, success] = [undefined as string | number | undefined, false];
    try {
      if (answer) result = operation.read(answer);
      success = answer !== undefined && (found === undefined || result === found);
    } catch {
      // A failure, as it stands.
    }
    records?.push({ operation: name, response_time, success, status_code: answer?.status ?? 0, timestamp });
    return success ? result : undefined;
  }

  return {
    /** 50 creates, then 50 adds, then 50 gets, each after the answer to the one before; a get is a success only with what was added. */
    async operations(): Promise<ResultRecord[]> {
      const records: ResultRecord[] = [];
      const carts: (string | undefined)[] = [];
      for (let i = 0; i < EACH; i += 1) {
        carts.push(
          (await send(records, 'create_cart', shop.create(anyCustomer(random)))) as string | undefined,
        );
      }
      for (const id of carts) {
        const [product, quantity] = [anyProduct(random), random.integer(1, 5)];
        await send(records, 'add_items', id === undefined ? undefined : shop.add(id, product, quantity));
      }
      const sizes = records.slice(EACH).map(({ success }) => Number(success));
      for (const [i, id] of carts.entries()) {
        await send(records, 'get_cart', id === undefined ? undefined : shop.get(id), sizes[i]);
      }
      return records;
    },

    /**
     * Customer history (20 carts), a cart of 50 items, and 100 shoppers at the same time who pause between requests.
     * @param thinkMs the scale of the pauses, exponential, cut at twice as long
     */
    async accessPatterns(thinkMs: number): Promise<ResultRecord[]> {
      const records: ResultRecord[] = [];
      const repeat = async (name: ResultRecord['operation'], operation: Operation, found: number) => {
        for (let i = 0; i < EACH; i += 1) await send(records, name, operation, found);
      };
      const customer = anyCustomer(random);
      for (let i = 0; i < 20; i += 1) await send(undefined, 'create_cart', shop.create(customer));
      await repeat('customer_history', shop.list(customer), 20);
      const large = String(await send(undefined, 'create_cart', shop.create(anyCustomer(random))));
      for (let product = 1; product <= 50; product += 1)
        await send(undefined, 'add_items', shop.add(large, product, 1));
      await repeat('get_cart_50_items', shop.get(large), 50);
      const think = () =>
        new Promise((resolve) => setTimeout(resolve, Math.min(2, random.exponential(1)) * thinkMs));
      const shopper = async () => {
        await think();
        const id = String(await send(records, 'concurrent_create_cart', shop.create(anyCustomer(random))));
        await think();
        await send(records, 'concurrent_add_items', shop.add(id, anyProduct(random), 1));
        await think();
        await send(records, 'concurrent_get_cart', shop.get(id), 1);
      };
      await Promise.all(Array.from({ length: SHOPPERS }, shopper));
      return records;
    },
  };
}
