/** A creation's key determines the cart's id, together with the customer. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { TTL } from '../support/carts.ts';
import { changeOften } from '../support/interference.ts';
import { codes, customer, guest, madeCart, openOperations, terms } from '../support/open-operations.ts';

const one = [{ productId: '1', quantity: 1 }];
const keyed = (idempotencyKey: string) => terms({ idempotencyKey });

describe('the key of a creation', () => {
  it('determines the cart, together with the customer', async () => {
    const { operations } = openOperations();
    const key = randomUUID();
    const create = (customerId?: string) => operations.createCart({ customerId, items: one }, keyed(key));
    const first = await create('5');
    expect(await create('5')).toEqual({ ...first, replayed: true });
    const ids = [first, await create('6'), await create()].map((outcome) => madeCart(outcome).id);
    expect(new Set(ids).size).toBe(3);
  });

  it('with other arguments is refused, and shows the cart', async () => {
    const { operations } = openOperations();
    const cart = madeCart(await operations.createCart({ customerId: '5', items: one }, keyed('k')));
    const outcome = await operations.createCart({ customerId: '5' }, keyed('k'));
    expect(codes(outcome)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(outcome.carts).toEqual([cart]);
  });

  it('is remembered by the id itself, when 32 changes have followed', async () => {
    const test = openOperations();
    const { id } = madeCart(await test.operations.createCart({ customerId: '5' }, keyed('k')));
    await changeOften(test.reference, id, 40);
    const outcome = await test.operations.createCart({ customerId: '5' }, keyed('k'));
    expect(outcome).toMatchObject({ replayed: true, problems: [], carts: [{ id, version: 41 }] });
  });

  it('creates no second cart after deletion or expiry', async () => {
    for (const end of ['deletion', 'expiry', 'expiry of the deleted']) {
      const test = openOperations();
      const { id } = madeCart(await test.operations.createCart({ customerId: '5' }, keyed('k')));
      if (end !== 'expiry') await test.operations.deleteCart(id, terms());
      if (end !== 'deletion') test.now += TTL;
      const outcome = await test.operations.createCart({ customerId: '5' }, keyed('k'));
      expect(outcome).toMatchObject({ carts: [undefined], problems: [{ code: 'CART_NOT_FOUND' }] });
    }
  });

  it('that was refused may be used for another attempt', async () => {
    const { operations } = openOperations();
    const bad = await operations.createCart(
      { customerId: '5', items: [{ productId: '601', quantity: 1 }] },
      keyed('k'),
    );
    expect(bad).toMatchObject({ carts: [undefined], problems: [{ code: 'PRODUCT_NOT_FOUND' }] });
    expect(madeCart(await operations.createCart({ customerId: '5', items: one }, keyed('k'))).version).toBe(
      1,
    );
  });

  it('must be a UUID for a guest', async () => {
    const { operations } = openOperations();
    await expect(operations.createCart({}, { ...keyed('k'), viewer: guest })).rejects.toThrow(InputError);
  });

  it('shows the cart to nobody else once it is claimed', async () => {
    const { operations } = openOperations();
    const key = randomUUID();
    const { id } = madeCart(await operations.createCart({}, { ...keyed(key), viewer: guest }));
    madeCart(await operations.claimCart(id, '5', terms({ viewer: customer(5) })));
    expect(codes(await operations.createCart({}, { ...keyed(key), viewer: guest }))).toEqual([
      'CART_NOT_FOUND',
    ]);
    expect(madeCart(await operations.createCart({}, { ...keyed(key), viewer: customer(5) })).id).toBe(id);
  });
});
