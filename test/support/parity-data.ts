/** Equal data for both sides of the parity suite: each side has a copy of its own, and the same ids come in the same order. */
import { createCartOperations } from '../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import type { Catalog } from '../../src/stores/catalog.ts';
import type { GraphQLDependencies } from '../../src/graphql/context.ts';
import { newCart, NOON, TTL } from './carts.ts';
import { createMemoryCatalog, product } from './memory-catalog.ts';
import { createMemoryCartStore } from './memory-store.ts';

/** A cart that is there, one whose load fails, and one that nobody has. */
export const CART = '00000000-0000-4000-8000-000000000001';
export const BROKEN = '00000000-0000-4000-8000-00000000dead';
export const NOBODYS = '00000000-0000-4000-8000-00000000ffff';
/** The customer of CART, and the product whose lookup fails. */
export const CUSTOMER = '7';
export const BROKEN_PRODUCT = '500';
/** An item of CART with attributes, of a product of which it has another one. */
export const ENGRAVED = [{ key: 'engraving', value: 'Für "Zoë" \u2028' }];

export const limits = {
  depth: 12,
  aliases: 30,
  rootFields: 10,
  cost: 5000,
  tokens: 2000,
  fields: 2000,
  carts: 100,
  documentBytes: 100_000,
  responseBytes: 10_000_000,
};

export async function openParityData(): Promise<GraphQLDependencies> {
  const carts = await openCarts();
  const sold = createMemoryCatalog(new Map([1, 2, 4, 5, 6, 'SKU-1'].map((id) => [String(id), product(id)])));
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
  return { operations, catalog, currency: 'USD' };
}

async function openCarts(): Promise<CartStore> {
  const memory = createMemoryCartStore(() => NOON);
  const item = (productId: number) => ({
    productId: String(productId),
    productName: `Product "${productId}" – ünïcödé \u2028 </script>`,
    unitPrice: 99 + productId,
    quantity: productId,
  });
  const items = [...[1, 2, 3].map(item), { ...item(3), attributes: ENGRAVED }];
  const cart = newCart(NOON, { id: CART, customerId: CUSTOMER, items, note: 'Ring twice.' });
  await memory.commit([{ after: cart }]);
  return {
    ...memory,
    load: (ids, options) =>
      ids.includes(BROKEN) ? Promise.reject(new Error('the disk is gone')) : memory.load(ids, options),
  };
}
