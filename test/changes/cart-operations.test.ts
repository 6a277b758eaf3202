import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { PermissionError } from '../../src/cart/viewer.ts';
import { DAY, item } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import {
  codes,
  customer,
  guest,
  madeCart,
  openOperations,
  staff,
  terms,
} from '../support/open-operations.ts';

const one = [{ productId: '1', quantity: 1 }];

describe('creating and deleting', () => {
  it('makes carts for guests and customers, with or without items', async () => {
    const test = openOperations();
    const cart = madeCart(await test.operations.createCart({}, terms({ viewer: guest })));
    expect(cart).toMatchObject({ status: 'ACTIVE', version: 1, items: [], currency: 'USD' });
    expect(cart.customerId).toBeUndefined();
    const own = madeCart(
      await test.operations.createCart({ customerId: '5', items: one }, terms({ viewer: customer(5) })),
    );
    expect(own).toMatchObject({ customerId: '5', version: 1, items: [item(1)] });
    expect(await test.stored(own.id)).toEqual(own);
  });

  it('makes no cart when an item is faulty', async () => {
    const test = openOperations();
    const outcome = await test.operations.createCart(
      { customerId: '5', items: [...one, { productId: '601', quantity: 0 }] },
      terms(),
    );
    expect(outcome.carts).toEqual([undefined]);
    expect(codes(outcome)).toEqual(['QUANTITY_INVALID', 'PRODUCT_NOT_FOUND']);
    const page = await test.operations.listCarts('5', { first: 10 }, terms());
    expect(page.entries).toEqual([]);
  });

  it('deletes for good', async () => {
    const test = openOperations();
    const cart = await test.created({ customerId: '5', items: [item(1)] });
    expect(await test.operations.deleteCart(cart.id, terms())).toMatchObject({
      carts: [undefined],
      problems: [],
    });
    expect(await test.operations.findCarts([cart.id], terms())).toEqual([undefined]);
    expect(codes(await test.operations.addItems(cart.id, one, terms()))).toEqual(['CART_NOT_FOUND']);
    expect((await test.operations.listCarts('5', { first: 10 }, terms())).entries).toEqual([]);
  });
});

describe('one faulty item among many', () => {
  it('leaves the cart as it was, and every fault is reported at its path', async () => {
    const test = openOperations();
    const cart = await test.created({ items: [item(1, 9999), item(2)] });
    const items = [
      { productId: '2', quantity: 1 },
      { productId: '1', quantity: 1 },
      { productId: '3', quantity: 1 },
      { productId: '601', quantity: 1 },
      { productId: '4', quantity: 0 },
    ];
    const added = await test.operations.addItems(cart.id, items, terms());
    expect(added).toMatchObject({
      carts: [cart],
      problems: [
        { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '1', field: ['items', '1', 'quantity'] },
        { code: 'PRODUCT_NOT_FOUND', productId: '601', field: ['items', '3', 'productId'] },
        { code: 'QUANTITY_INVALID', productId: '4', field: ['items', '4', 'quantity'] },
      ],
    });
    const set = await test.operations.setQuantities(cart.id, items, terms());
    expect(set.problems.map((problem) => problem.field?.join('.'))).toEqual([
      'items.2.productId',
      'items.3.productId',
      'items.4.productId',
    ]);
    expect(
      codes(
        await test.operations.removeItems(
          cart.id,
          [{ productId: '1' }, { productId: '3' }, { productId: '601' }],
          terms(),
        ),
      ),
    ).toHaveLength(2);
    expect(await test.stored(cart.id)).toEqual(cart);
  });
});

describe('a change that alters nothing', () => {
  it('is accepted and counts', async () => {
    const { operations, created } = openOperations();
    const { id } = await created({ items: [item(1, 3)], customerId: '5' });
    await operations.setQuantities(id, [{ productId: '1', quantity: 3 }], terms());
    await operations.claimCart(id, '5', terms());
    await operations.refreshPrices(id, terms());
    await operations.clearCart(id, terms());
    expect(madeCart(await operations.clearCart(id, terms())).version).toBe(6);
  });
});

describe('claiming', () => {
  it('is for the customer and staff; another’s cart does not exist for a customer', async () => {
    const { operations, created } = openOperations();
    const cart = await created();
    const claim = (customerId: number, viewer = customer(customerId)) =>
      operations.claimCart(cart.id, String(customerId), terms({ viewer }));
    await expect(claim(5, guest)).rejects.toThrow(PermissionError);
    await expect(claim(5, customer(6))).rejects.toThrow(PermissionError);
    expect(madeCart(await claim(5)).customerId).toBe('5');
    expect(madeCart(await claim(5)).version).toBe(3);
    expect(await claim(6)).toMatchObject({ carts: [undefined], problems: [{ code: 'CART_NOT_FOUND' }] });
    expect(codes(await claim(6, staff))).toEqual(['CART_ALREADY_CLAIMED']);
  });
});

describe('merging', () => {
  it('moves items and customer in one step, target first', async () => {
    const test = openOperations();
    const [source, target] = [
      await test.created({ items: [item(1), item(2)] }),
      await test.created({ items: [item(2, 4)], customerId: '5' }),
    ];
    const input = { sourceCartId: source.id, targetCartId: target.id, strategy: 'SUM' } as const;
    const outcome = await test.operations.mergeCarts(input, terms({ viewer: customer(5) }));
    expect(outcome.carts).toMatchObject([
      { id: target.id, version: 2, items: [item(2, 5), item(1)] },
      {
        id: source.id,
        version: 2,
        items: [],
        status: 'MERGED',
        customerId: '5',
        mergedIntoCartId: target.id,
      },
    ]);
    expect(outcome.carts[1]?.changes).toEqual(source.changes);
    expect(await test.reference.load([target.id, source.id])).toEqual(outcome.carts);
    expect(codes(await test.operations.mergeCarts(input, terms()))).toEqual(['CART_NOT_ACTIVE']);
  });

  it('needs both carts to be there and active, and changes neither otherwise', async () => {
    const test = openOperations();
    const mine = await test.created({ items: [item(1, 9999)], customerId: '5' });
    const other = await test.created({ items: [item(1)], customerId: '6' });
    const merge = (sourceCartId: string, targetCartId: string, viewer = staff) =>
      test.operations.mergeCarts({ sourceCartId, targetCartId, strategy: 'SUM' }, terms({ viewer }));
    for (const [source, target, field] of [
      [mine.id, randomUUID(), 'targetCartId'],
      [randomUUID(), mine.id, 'sourceCartId'],
      [other.id, mine.id, 'sourceCartId'],
    ] as const) {
      const outcome = await merge(source, target, customer(5));
      expect(outcome.problems).toMatchObject([{ code: 'CART_NOT_FOUND', field: [field] }]);
      expect(outcome.carts.filter((cart) => cart)).toEqual([mine]);
    }
    expect(codes(await merge(other.id, mine.id))).toEqual(['QUANTITY_LIMIT_EXCEEDED']);
    expect(await test.reference.load([mine.id, other.id])).toEqual([mine, other]);
  });

  it('of a cart with itself is refused', async () => {
    const test = openOperations();
    const { id } = await test.created({ items: [item(1)] });
    const merge = test.operations.mergeCarts(
      { sourceCartId: id, targetCartId: id, strategy: 'SUM' },
      terms(),
    );
    await expect(merge).rejects.toThrow(InputError);
    await expect(merge).rejects.toThrow('sourceCartId must be another cart than the target');
    expect((await test.stored(id))?.version).toBe(1);
  });
});

describe('prices and check-out', () => {
  it('refreshes and reports what changed and what is no longer sold', async () => {
    const test = openOperations();
    const cart = await test.created({ items: [item(1, 2), item(2), item(3)] });
    test.products.set('1', product(1, 90, 'Cheaper'));
    test.products.delete('3');
    const outcome = await test.operations.refreshPrices(cart.id, terms());
    expect(madeCart(outcome).items).toEqual([
      { productId: '1', productName: 'Cheaper', unitPrice: 90, quantity: 2 },
      item(2),
      item(3),
    ]);
    expect(outcome.priceChanges).toEqual([
      {
        itemId: `${cart.id}:1`,
        productId: '1',
        cartPrice: { amount: 101, currency: 'USD' },
        currentPrice: { amount: 90, currency: 'USD' },
      },
      { itemId: `${cart.id}:3`, productId: '3', cartPrice: { amount: 103, currency: 'USD' } },
    ]);
    const refused = await test.operations.refreshPrices(cart.id, terms({ expectedVersion: 1 }));
    expect(refused).toMatchObject({ priceChanges: [], problems: [{ code: 'VERSION_CONFLICT' }] });
  });

  it('checks out once; then nothing changes the cart and it never expires', async () => {
    const test = openOperations();
    const cart = await test.created({ items: [item(1, 2)], customerId: '5' });
    const checkOut = (expectedTotal?: string, acceptCartPrices = false) =>
      test.operations.checkOut({ cartId: cart.id, expectedTotal, acceptCartPrices }, terms());
    test.products.set('1', product(1, 90));
    expect(codes(await checkOut('1.80'))).toEqual(['PRICE_CHANGED', 'TOTAL_MISMATCH']);
    const order = madeCart(await checkOut('2.02', true));
    expect(order.orderId).toMatch(/^[0-9a-f-]{36}$/);
    test.now += 100 * DAY;
    const { operations } = test;
    const input = {
      strategy: 'SUM',
      sourceCartId: cart.id,
      targetCartId: (await test.created()).id,
    } as const;
    const changes = [
      checkOut('2.02', true),
      operations.addItems(cart.id, one, terms()),
      operations.setQuantities(cart.id, one, terms()),
      operations.removeItems(cart.id, [{ productId: '1' }], terms()),
      operations.clearCart(cart.id, terms()),
      operations.deleteCart(cart.id, terms()),
      operations.claimCart(cart.id, '5', terms()),
      operations.refreshPrices(cart.id, terms()),
      operations.mergeCarts(input, terms()),
    ];
    for (const outcome of await Promise.all(changes)) expect(codes(outcome)).toEqual(['CART_NOT_ACTIVE']);
    expect(await test.operations.findCarts([cart.id], terms())).toEqual([order]);
  });
});

it('takes an expected total in the currency of the cart, also where the deployment has another by now', async () => {
  const test = openOperations();
  const cart = await test.created({ currency: 'KWD', items: [item(1, 2)] });
  const checkOut = (expectedTotal: string) =>
    test.operations.checkOut(
      { cartId: cart.id, expectedTotal, acceptCartPrices: true },
      terms({ idempotencyKey: 'order' }),
    );
  await expect(checkOut('0.2020')).rejects.toThrow('expectedTotal must be a decimal of KWD');
  expect(codes(await checkOut('0.203'))).toEqual(['TOTAL_MISMATCH']);
  const order = madeCart(await checkOut('0.202'));
  expect(await checkOut('0.202')).toEqual({ carts: [order], problems: [], replayed: true });
  expect(codes(await checkOut('0.20'))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
});

it('passes on what the catalogue throws, and makes no change then', async () => {
  const test = openOperations();
  const cart = await test.created({ items: [item(1)] });
  test.catalog.findMany = () => Promise.reject(new Error('the catalogue is away'));
  await expect(test.operations.addItems(cart.id, one, terms())).rejects.toThrow('the catalogue is away');
  expect(codes(await test.operations.addItems(randomUUID(), one, terms()))).toEqual(['CART_NOT_FOUND']);
  const accepted = test.operations.checkOut({ cartId: cart.id, acceptCartPrices: true }, terms());
  expect(madeCart(await accepted).version).toBe(2);
});
