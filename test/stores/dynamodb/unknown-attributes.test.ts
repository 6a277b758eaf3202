/** Versions side by side: what a newer one has written, this one keeps. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { cartBytes } from '../../../src/cart/size.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { createCartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { item, newCart, NOON, TTL } from '../../support/carts.ts';
import { openRecords, type CartItemRecord } from '../../support/dynamodb-records.ts';
import { itemSize } from '../../support/item-size.ts';
import { createMemoryCatalog, product } from '../../support/memory-catalog.ts';

const records = openRecords();
const catalog = createMemoryCatalog(new Map(['1', '2', '3'].map((id) => [id, product(id)])));
const caller = { viewer: { kind: 'staff' } as const, signal: new AbortController().signal };

function operations() {
  return createCartOperations({
    carts: records.carts,
    catalog,
    queue: createCartQueue(),
    clock: () => NOON,
    newChangeId: () => randomBytes(16),
    newId: randomUUID,
    jitter: Math.random,
    ttl: TTL,
    currency: 'USD',
  });
}

/** Every type that DynamoDB has. Numbers beyond a double, and names that JavaScript's objects have already. */
const everyType: Record<string, AttributeValue> = {
  of_string: { S: 'Für Ada 😀' },
  of_empty_string: { S: '' },
  of_number: { N: '12345678901234567890.123456789012345678' },
  of_binary: { B: new Uint8Array([0, 255, 128]) },
  of_boolean: { BOOL: false },
  of_null: { NULL: true },
  of_strings: { SS: ['a', 'b'] },
  of_numbers: { NS: ['0.1', '98765432109876543210'] },
  of_binaries: { BS: [new Uint8Array([1]), new Uint8Array([2, 3])] },
  of_list: { L: [{ N: '1.5' }, { L: [] }, { M: {} }, { S: 'x' }] },
  of_map: {
    M: {
      constructor: { S: 'not a class' },
      toString: { N: '1' },
      deep: { M: { constructor: { M: { tags: { SS: ['x'] } } } } },
    },
  },
};

async function newer(productIds: number[] = [1, 2]): Promise<string> {
  const cart = newCart(NOON, { customerId: '3', items: productIds.map((id) => item(id)) });
  const record = await records.stored(cart);
  const L = record['items']?.L?.map(({ M }) => ({
    M: { ...M, ...everyType, serial: M?.['product_id'] ?? { N: '0' } },
  }));
  await records.put({ ...record, ...everyType, schema_version: { N: '2' }, items: { L: L ?? [] } });
  return cart.id;
}

/** What of a record is unknown to this version, as sets without an order. */
function unknownOf(record: CartItemRecord): Record<string, unknown> {
  const unordered = ({ SS, NS, BS, ...value }: AttributeValue & Record<string, unknown>) => ({
    ...value,
    ...(SS && { SS: [...SS].sort() }),
    ...(NS && { NS: [...NS].sort() }),
    ...(BS && { BS: [...BS].map((bytes) => Buffer.from(bytes).toString('hex')).sort() }),
  });
  const names = Object.keys(everyType).filter((name) => record[name] !== undefined);
  return Object.fromEntries(
    names.map((name) => [name, unordered(record[name] as AttributeValue & Record<string, unknown>)]),
  );
}

const wanted = unknownOf(everyType);
const itemsOf = (record: CartItemRecord) => (record['items']?.L ?? []).map(({ M }) => M ?? {});

describe('attributes that this version does not know', () => {
  it('are kept by every change, those of items by the items that stay', async () => {
    const id = await newer();
    const carts = operations();
    await carts.addItems(
      id,
      [
        { productId: '1', quantity: 2 },
        { productId: '3', quantity: 1 },
      ],
      caller,
    );
    await carts.setQuantities(id, [{ productId: '2', quantity: 7 }], caller);
    await carts.updateCart(id, { note: 'Ring twice', attributes: [{ key: 'a', value: 'b' }] }, caller);
    const after = await carts.removeItems(id, [{ productId: '3' }], caller);
    expect(after.problems).toEqual([]);
    const record = await records.read(id);
    expect(record).toMatchObject({
      version: { N: '5' },
      note: { S: 'Ring twice' },
      schema_version: { N: '1' },
    });
    expect(unknownOf(record)).toEqual(wanted);
    expect(itemsOf(record).map(unknownOf)).toEqual([wanted, wanted]);
    expect(itemsOf(record).map(({ quantity, serial }) => [quantity?.N, serial?.N])).toEqual([
      ['3', '1'],
      ['7', '2'],
    ]);
  });

  it('are kept by a merge and a check-out, and those of the items go with them', async () => {
    const [source, target] = [await newer([2, 3]), await newer([1, 2])];
    const carts = operations();
    const merged = await carts.mergeCarts(
      { sourceCartId: source, targetCartId: target, strategy: 'SUM' },
      caller,
    );
    expect(merged.problems).toEqual([]);
    expect(unknownOf(await records.read(source))).toEqual(wanted);
    const { problems } = await carts.checkOut({ cartId: target, acceptCartPrices: false }, caller);
    expect(problems).toEqual([]);
    const record = await records.read(target);
    expect(record['status']).toEqual({ S: 'CHECKED_OUT' });
    expect(unknownOf(record)).toEqual(wanted);
    expect(itemsOf(record).map(({ serial }) => serial?.N)).toEqual(['1', '2', '3']);
    expect(itemsOf(record).map(unknownOf)).toEqual([wanted, wanted, wanted]);
  });

  it('are gone with a deleted cart', async () => {
    const id = await newer();
    await operations().deleteCart(id, caller);
    const record = await records.read(id);
    expect(record['status']).toEqual({ S: 'DELETED' });
    expect(unknownOf(record)).toEqual({});
  });

  it('are counted to the size of a cart', async () => {
    const id = await newer();
    const [cart] = await records.carts.load([id]);
    if (!cart) throw new Error('no cart');
    expect(cartBytes(cart)).toBeGreaterThanOrEqual(itemSize(await records.read(id)));
  });

  it('are none where a record has what this version writes', async () => {
    const cart = newCart(NOON, { customerId: 'auth0|1', items: [item(1)], note: 'x' });
    await records.carts.commit([{ after: cart }]);
    const [loaded] = await records.carts.load([cart.id]);
    expect(loaded).not.toHaveProperty('unknown');
    expect(loaded?.items[0]).not.toHaveProperty('unknown');
  });
});
