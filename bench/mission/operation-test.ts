/** The 150 operations one after the other, and the further access patterns. */
import { createRandom, type Random } from '../load/random.ts';
import type { OperationRecord, PatternRecord, ResultRecord } from './results-file.ts';
import type { ShopAnswer, ShopClient } from '../client/shop-client.ts';

const EACH = 50;
const MAXIMUM_PRODUCT_ID = 1000;
const MAXIMUM_CUSTOMER_ID = 2_000_000_000;
const SHOPPERS = 100;
async function timed<T extends ResultRecord['operation']>(
  operation: T,
  send: () => Promise<ShopAnswer>,
): Promise<{ record: ResultRecord & { operation: T }; answer: ShopAnswer }> {
  const timestamp = new Date().toISOString();
  const start = performance.now();
  const answer = await send().catch((): ShopAnswer => ({ status: 0, ok: false }));
  const response_time = Math.round((performance.now() - start) * 1000) / 1000;
  const record = { operation, response_time, success: answer.ok, status_code: answer.status, timestamp };
  return { record: record as ResultRecord & { operation: T }, answer };
}

const nowhere = (): Promise<ShopAnswer> => Promise.resolve({ status: 0, ok: false });

/** 50 creates, then 50 adds, then 50 gets, each after the answer to the one before. A failure counts and goes on; a get is a
 * success only with the item that was added. */
export async function runOperationTest(shop: ShopClient, random: Random): Promise<OperationRecord[]> {
  const records: OperationRecord[] = [];
  const carts: (string | undefined)[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < EACH; i += 1) {
    const customer = random.integer(1, MAXIMUM_CUSTOMER_ID);
    const { record, answer } = await timed('create_cart', () => shop.createCart(customer));
    records.push(record);
    carts.push(answer.cartId);
  }
  for (const cart of carts) {
    const [product, quantity] = [random.integer(1, MAXIMUM_PRODUCT_ID), random.integer(1, 5)];
    const add = cart === undefined ? nowhere : () => shop.addItem(cart, product, quantity);
    const { record, answer } = await timed('add_items', add);
    records.push(record);
    sizes.push(answer.ok ? 1 : 0);
  }
  for (const [i, cart] of carts.entries()) {
    const get = cart === undefined ? nowhere : expecting(sizes[i] ?? 0, () => shop.getCart(cart));
    records.push((await timed('get_cart', get)).record);
  }
  return records;
}

/** An answer that read the wrong number of things is not a success. */
const expecting = (found: number, send: () => Promise<ShopAnswer>) => async (): Promise<ShopAnswer> => {
  const answer = await send();
  return { ...answer, ok: answer.ok && answer.found === found };
};

/** The same request again and again. */
async function repeat(
  operation: PatternRecord['operation'],
  send: () => Promise<ShopAnswer>,
): Promise<PatternRecord[]> {
  const records: PatternRecord[] = [];
  for (let i = 0; i < EACH; i += 1) records.push((await timed(operation, send)).record);
  return records;
}

async function measureHistory(shop: ShopClient, random: Random): Promise<PatternRecord[]> {
  const customer = random.integer(1, MAXIMUM_CUSTOMER_ID);
  for (let i = 0; i < 20; i += 1) await shop.createCart(customer);
  return repeat(
    'customer_history',
    expecting(20, () => shop.listCarts(customer)),
  );
}

async function measureLargeCart(shop: ShopClient, random: Random): Promise<PatternRecord[]> {
  const { cartId = '' } = await shop.createCart(random.integer(1, MAXIMUM_CUSTOMER_ID));
  for (let product = 1; product <= 50; product += 1) await shop.addItem(cartId, product, 1);
  return repeat(
    'get_cart_50_items',
    expecting(50, () => shop.getCart(cartId)),
  );
}

async function measureConcurrent(
  shop: ShopClient,
  random: Random,
  thinkMs: number,
): Promise<PatternRecord[]> {
  const records: PatternRecord[] = [];
  const step = async (operation: PatternRecord['operation'], send: () => Promise<ShopAnswer>) => {
    await new Promise((resolve) => setTimeout(resolve, Math.min(2, random.exponential(1)) * thinkMs));
    const { record, answer } = await timed(operation, send);
    records.push(record);
    return answer.cartId ?? '';
  };
  const shopper = async () => {
    const customer = random.integer(1, MAXIMUM_CUSTOMER_ID);
    const product = random.integer(1, MAXIMUM_PRODUCT_ID);
    const cart = await step('concurrent_create_cart', () => shop.createCart(customer));
    await step('concurrent_add_items', () => shop.addItem(cart, product, 1));
    await step(
      'concurrent_get_cart',
      expecting(1, () => shop.getCart(cart)),
    );
  };
  await Promise.all(Array.from({ length: SHOPPERS }, shopper));
  return records;
}

/**
 * Customer history (20 carts), a cart of 50 items, and 100 shoppers at the same time who pause between requests.
 * @param thinkMs the scale of the pauses, exponential, cut at twice as long
 */
export async function measureAccessPatterns(
  shop: ShopClient,
  seed: string,
  thinkMs: number,
): Promise<PatternRecord[]> {
  const random = createRandom(seed);
  return [
    ...(await measureHistory(shop, random)),
    ...(await measureLargeCart(shop, random)),
    ...(await measureConcurrent(shop, random, thinkMs)),
  ];
}
