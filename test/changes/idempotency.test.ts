/** The rules of idempotency keys and expected versions, one by one, on the reference store. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { DAY, item, TTL } from '../support/carts.ts';
import { changeOften, interfere, overtaken } from '../support/interference.ts';
import {
  codes,
  customer,
  guest,
  madeCart,
  openOperations,
  staff,
  terms,
  type OperationsTest,
} from '../support/open-operations.ts';

const one = [{ productId: '1', quantity: 1 }];
const keyed = (idempotencyKey: string = randomUUID()) => terms({ idempotencyKey });

describe('the same key with the same arguments', () => {
  it('has no second effect and renews nothing', async () => {
    const test = openOperations();
    const cart = await test.created();
    const first = await test.operations.addItems(cart.id, one, keyed('k'));
    test.now += DAY;
    const second = await test.operations.addItems(cart.id, one, keyed('k'));
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('answers with the cart as it now stands', async () => {
    const test = openOperations();
    const cart = await test.created();
    await test.operations.addItems(cart.id, one, keyed('k'));
    const later = madeCart(
      await test.operations.setQuantities(cart.id, [{ productId: '1', quantity: 7 }], terms()),
    );
    const replay = await test.operations.addItems(cart.id, one, keyed('k'));
    expect(replay).toEqual({ carts: [later], problems: [], replayed: true });
  });

  it('does so after check-out too, whatever versions are expected, with the same order id', async () => {
    const test = openOperations();
    const cart = await test.created({ items: [item(1)] });
    const checkOut = { cartId: cart.id, acceptCartPrices: false };
    const add = () => test.operations.addItems(cart.id, one, { ...keyed('add'), expectedVersion: 1 });
    await add();
    const order = madeCart(await test.operations.checkOut(checkOut, keyed('order')));
    for (const expectedVersion of [undefined, 1, 99]) {
      const replay = await test.operations.checkOut(checkOut, { ...keyed('order'), expectedVersion });
      expect(replay).toEqual({ carts: [order], problems: [], replayed: true });
    }
    expect(madeCart(await add())).toEqual(order);
  });

  it('is remembered for the last 32 changes', async () => {
    for (const [others, quantity, replayed] of [
      [31, 1, true],
      [32, 2, false],
    ] as const) {
      const test = openOperations();
      const cart = await test.created();
      await test.operations.addItems(cart.id, one, keyed('k'));
      await changeOften(test.reference, cart.id, others);
      const outcome = await test.operations.addItems(cart.id, one, keyed('k'));
      expect(outcome.replayed).toBe(replayed);
      expect(outcome.carts[0]?.items).toEqual([item(1, quantity)]);
    }
  });

  it('has one effect when it arrives 20 times at once, through two processes', async () => {
    const first = openOperations();
    const second = openOperations(() => first.reference);
    const cart = await first.created();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? first : second).operations.addItems(cart.id, one, keyed('k')),
      ),
    );
    expect(outcomes.flatMap(codes)).toEqual([]);
    expect(outcomes.filter((outcome) => !outcome.replayed)).toHaveLength(1);
    expect(await first.stored(cart.id)).toMatchObject({ version: 2, items: [item(1)] });
  });

  it('does not mind the order in which the parts of an item were written', async () => {
    const test = openOperations();
    const cart = await test.created();
    const key = randomUUID();
    await test.operations.addItems(cart.id, [{ productId: '1', quantity: 2 }], keyed('k'));
    const again = await test.operations.addItems(cart.id, [{ quantity: 2, productId: '1' }], keyed('k'));
    expect(again).toMatchObject({ replayed: true, problems: [] });
    const [created, recreated] = [
      await test.operations.createCart({ items: [{ productId: '1', quantity: 2 }] }, keyed(key)),
      await test.operations.createCart({ items: [{ quantity: 2, productId: '1' }] }, keyed(key)),
    ];
    expect(recreated).toEqual({ ...created, replayed: true });
  });

  it('reports no price changes for a refresh that another process made meanwhile', async () => {
    const first = openOperations();
    const rival = openOperations(() => first.reference);
    for (const { products } of [first, rival]) products.delete('1');
    const cart = await first.created({ items: [item(1)] });
    const slow = openOperations((_own) =>
      interfere(first.reference, [
        async (commit) => {
          await rival.operations.refreshPrices(cart.id, keyed('k'));
          await commit();
        },
      ]),
    );
    slow.products.delete('1');
    const outcome = await slow.operations.refreshPrices(cart.id, keyed('k'));
    expect(outcome).toMatchObject({ replayed: true, problems: [], priceChanges: [] });
    expect(await first.operations.refreshPrices(cart.id, keyed('k'))).toEqual(outcome);
  });
});

describe('the same key with something else', () => {
  type Operations = OperationsTest['operations'];
  it.each<[string, (operations: Operations, id: string, key: string) => Promise<ChangeOutcome>]>([
    [
      'other arguments',
      ({ addItems }, id) =>
        addItems(id, [{ productId: '1', quantity: 2 }], { ...keyed('k'), expectedVersion: 99 }),
    ],
    ['another operation', ({ setQuantities }, id) => setQuantities(id, one, keyed('k'))],
    ['the key of the creation', ({ clearCart }, id, key) => clearCart(id, keyed(key))],
  ])('is refused: %s', async (_name, repeat) => {
    const test = openOperations();
    const key = randomUUID();
    const { id } = madeCart(await test.operations.createCart({ customerId: '5' }, keyed(key)));
    const cart = madeCart(await test.operations.addItems(id, one, keyed('k')));
    expect(await repeat(test.operations, id, key)).toMatchObject({
      carts: [cart],
      problems: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
      replayed: false,
    });
    expect(await test.stored(id)).toEqual(cart);
  });

  it('is free for another cart', async () => {
    const test = openOperations();
    const [a, b] = [await test.created(), await test.created()];
    await test.operations.addItems(a.id, one, keyed('k'));
    const outcome = await test.operations.clearCart(b.id, keyed('k'));
    expect(madeCart(outcome).version).toBe(2);
  });
});

it('a refused change is not remembered', async () => {
  const test = openOperations();
  const cart = await test.created();
  const unsold = [{ productId: '601', quantity: 1 }];
  expect(codes(await test.operations.addItems(cart.id, unsold, keyed('k')))).toEqual(['PRODUCT_NOT_FOUND']);
  expect(await test.stored(cart.id)).toEqual(cart);
  expect(madeCart(await test.operations.clearCart(cart.id, keyed('k'))).version).toBe(2);
});

describe('a deletion sent again', () => {
  it('with its key is answered as the deletion was, to whoever sends it, until the cart would have expired', async () => {
    const test = openOperations();
    const cart = await test.created({ customerId: '5' });
    const gone = await test.operations.deleteCart(cart.id, keyed('k'));
    expect(gone).toEqual({ carts: [undefined], problems: [], replayed: false });
    const again = (viewer: Viewer, expectedVersion?: number) =>
      test.operations.deleteCart(cart.id, terms({ idempotencyKey: 'k', viewer, expectedVersion }));
    for (const viewer of [staff, guest, customer(5), customer(6)]) {
      expect(await again(viewer)).toEqual({ ...gone, replayed: true });
      expect(await again(viewer, 99)).toEqual({ ...gone, replayed: true });
    }
    test.now += TTL;
    expect(codes(await again(staff))).toEqual(['CART_NOT_FOUND']);
  });

  it('without its key, or with the key of another change, finds no cart', async () => {
    const { operations, created } = openOperations();
    const cart = await created();
    await operations.addItems(cart.id, one, keyed('add'));
    await operations.deleteCart(cart.id, keyed('k'));
    const requests = [
      operations.deleteCart(cart.id, terms()),
      operations.deleteCart(cart.id, keyed('other')),
      operations.deleteCart(cart.id, keyed('add')),
      operations.clearCart(cart.id, keyed('k')),
      operations.addItems(cart.id, one, keyed('add')),
    ];
    expect((await Promise.all(requests)).flatMap(codes)).toEqual(Array(5).fill('CART_NOT_FOUND'));
  });

  it('has one effect when two arrive at once', async () => {
    const { operations, created } = openOperations();
    const cart = await created();
    const both = [1, 2].map(() => operations.deleteCart(cart.id, keyed('k')));
    expect(await Promise.all(both)).toEqual(
      [false, true].map((replayed) => ({ carts: [undefined], problems: [], replayed })),
    );
  });
});

it('the key of a merge lives in the target', async () => {
  const test = openOperations();
  const [source, target] = [
    await test.created({ items: [item(1)] }),
    await test.created({ items: [item(1)] }),
  ];
  const input = { sourceCartId: source.id, targetCartId: target.id, strategy: 'SUM' } as const;
  const first = await test.operations.mergeCarts(input, keyed('k'));
  const later = madeCart(await test.operations.addItems(target.id, one, terms()));
  const second = await test.operations.mergeCarts({ ...input, expectedTargetVersion: 1 }, keyed('k'));
  expect(second).toEqual({ carts: [later, first.carts[1]], problems: [], replayed: true });
  expect(codes(await test.operations.mergeCarts({ ...input, strategy: 'MAX' }, keyed('k')))).toEqual([
    'IDEMPOTENCY_KEY_REUSED',
  ]);
  expect(codes(await test.operations.clearCart(source.id, keyed('k')))).toEqual(['CART_NOT_ACTIVE']);
});

describe('expected versions', () => {
  it('are checked before the arguments, and after the status', async () => {
    const test = openOperations();
    const cart = await test.created();
    const bad = [{ productId: '601', quantity: -1 }];
    const add = (expectedVersion: number) =>
      test.operations.addItems(cart.id, bad, terms({ expectedVersion }));
    expect((await add(2)).problems).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 1, field: ['expectedVersion'] },
    ]);
    expect(codes(await add(1))).toEqual(['QUANTITY_INVALID', 'PRODUCT_NOT_FOUND']);
    await test.operations.addItems(cart.id, one, terms({ expectedVersion: 1 }));
    await test.operations.checkOut({ cartId: cart.id, acceptCartPrices: true }, terms());
    expect(codes(await add(1))).toEqual(['CART_NOT_ACTIVE']);
    expect(codes(await test.operations.addItems(randomUUID(), bad, terms({ expectedVersion: 1 })))).toEqual([
      'CART_NOT_FOUND',
    ]);
  });

  it('of both carts of a merge are checked', async () => {
    const test = openOperations((carts) => interfere(carts, [overtaken(1)]));
    const [source, target] = [await test.created({ items: [item(1)] }), await test.created()];
    const merge = (expectedSourceVersion: number, expectedTargetVersion: number) =>
      test.operations.mergeCarts(
        {
          sourceCartId: source.id,
          targetCartId: target.id,
          strategy: 'SUM',
          expectedSourceVersion,
          expectedTargetVersion,
        },
        terms(),
      );
    expect((await merge(2, 1)).problems).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 1, field: ['expectedSourceVersion'] },
    ]);
    // The target is overtaken between load and commit.
    expect((await merge(1, 1)).problems).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 2, field: ['expectedTargetVersion'] },
    ]);
    expect(madeCart(await merge(1, 2)).items).toEqual([item(1)]);
  });
});
