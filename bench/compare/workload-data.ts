/** The carts each side is loaded with before anything is measured: the same, from the same seed. */
import { createRandom } from '../load/random.ts';
import type { CartApi, ItemInput } from '../client/cart-api.ts';

export interface DataSize {
  readonly carts10: number;
  readonly carts50: number;
  readonly addCarts: number;
  readonly customers: number;
}

export const FULL_DATA: DataSize = { carts10: 500, carts50: 100, addCarts: 500, customers: 100 };
export const QUICK_DATA: DataSize = { carts10: 100, carts50: 20, addCarts: 100, customers: 20 };
/** A full first page of the history, carts of three items. */
export const CARTS_PER_CUSTOMER = 20;

export interface LoadedData {
  /** Carts of exactly 10 and 50 products; only their quantities are ever changed. */
  readonly carts10: readonly { readonly id: string; readonly productIds: readonly string[] }[];
  readonly carts50: readonly { readonly id: string }[];
  /** Carts that are added to: 10 products at first, at most 20 later, since only `addProducts` are added. */
  readonly addCarts: readonly { readonly id: string; readonly addProducts: readonly string[] }[];
  readonly customers: readonly string[];
  readonly hotCart: string;
  readonly productIds: readonly string[];
  /** First customer id of those the measured creations belong to. */
  readonly firstNewCustomer: number;
}

/**
 * @param customerBase customers get ids from here on; a base of its own for each run keeps earlier runs out of the
 *   histories
 * @param onProgress called with the share done, 0 to 1
 */
export async function loadData(
  api: CartApi,
  size: DataSize,
  options: { seed: number; customerBase: number; signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<LoadedData> {
  const random = createRandom(`${options.seed}/data`);
  const productIds = await api.productIds(1000);
  if (productIds.length < 50) {
    throw new Error(
      `the comparison needs a catalogue of at least 50 products, the service lists ${productIds.length}`,
    );
  }
  const itemsOf = (ids: readonly string[]): ItemInput[] =>
    ids.map((productId) => ({ productId, quantity: random.integer(1, 5) }));
  const choose = (count: number) => random.shuffle(productIds).slice(0, count);
  let customer = options.customerBase;
  const plan: { customerId: string; productIds: string[] }[] = [];
  const planned = (count: number, make: () => string[]) =>
    Array.from({ length: count }, () => {
      plan.push({ customerId: String((customer += 1)), productIds: make() });
      return plan.length - 1;
    });

  const tens = planned(size.carts10, () => choose(10));
  const fifties = planned(size.carts50, () => choose(50));
  const adds = planned(size.addCarts, () => choose(20));
  const [hot = 0] = planned(1, () => choose(20));
  const customers = Array.from({ length: size.customers }, () => String((customer += 1)));
  for (const customerId of customers) {
    for (let i = 0; i < CARTS_PER_CUSTOMER; i += 1) plan.push({ customerId, productIds: choose(3) });
  }

  const inputs = plan.map(({ customerId, productIds: ids }, index) => ({
    customerId,
    items: itemsOf(adds.includes(index) ? ids.slice(0, 10) : ids),
  }));
  const created = await createAll(api, inputs, options);
  const at = (index: number) => ({ id: created[index] ?? '', productIds: plan[index]?.productIds ?? [] });
  return {
    carts10: tens.map(at),
    carts50: fifties.map(at),
    addCarts: adds.map(at).map(({ id, productIds: addProducts }) => ({ id, addProducts })),
    customers,
    hotCart: at(hot).id,
    productIds,
    firstNewCustomer: customer + 1,
  };
}

async function createAll(
  api: CartApi,
  inputs: readonly { customerId: string; items: readonly ItemInput[] }[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<string[]> {
  const ids: string[] = [];
  const left = inputs.entries();
  let done = 0;
  const worker = async () => {
    for (const [index, input] of left) {
      signal?.throwIfAborted();
      ids[index] = (await api.createCart(input)).id;
      done += 1;
      if (done % 50 === 0) onProgress?.(done / inputs.length);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return ids;
}
