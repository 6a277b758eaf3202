import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalAmount, type CartItem } from '../../src/cart/cart.ts';
import { checkOut, findPriceChanges, refreshPrices } from '../../src/cart/check-out.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import { problemsOf } from '../support/problems.ts';

const orderId = '0c0e0a00-0000-4000-8000-00000000abcd';
const cartOf = (...items: CartItem[]) => newCart(NOON, { items });
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('checkOut', () => {
  const cart = cartOf(item(1, 2), item(3));

  it('freezes the cart under its order id and alters nothing else', () => {
    const products = [product(1), product(3)];
    expect(checkOut(cart, { orderId, products })).toEqual({ ...cart, status: 'CHECKED_OUT', orderId });
    expect(totalAmount(cart).amount).toBe(305);
    expect(checkOut(cart, { orderId, products, expectedTotal: '3.05' }).orderId).toBe(orderId);
  });

  it('refuses an empty cart', () => {
    expect(problemsOf(() => checkOut(cartOf(), { orderId }))).toMatchObject([
      { code: 'CART_EMPTY', field: ['cartId'] },
    ]);
    expect(problemsOf(() => checkOut(cartOf(), { orderId, products: [], expectedTotal: '0' }))).toHaveLength(
      1,
    );
  });

  it('refuses prices that are no longer the catalogue’s, unless the cart’s are accepted', () => {
    const products = [product(1, 90), undefined];
    expect(problemsOf(() => checkOut(cart, { orderId, products }))).toMatchObject([
      {
        code: 'PRICE_CHANGED',
        field: ['cartId'],
        priceChanges: [
          { itemId: `${cart.id}:1`, productId: '1', cartPrice: usd(101), currentPrice: usd(90) },
          { itemId: `${cart.id}:3`, productId: '3', cartPrice: usd(103) },
        ],
      },
    ]);
    expect(checkOut(cart, { orderId }).status).toBe('CHECKED_OUT');
  });

  it('refuses a total that is not the expected one, by a cent in either direction', () => {
    for (const expectedTotal of ['3.04', '3.06', '0', '-3.05']) {
      expect(problemsOf(() => checkOut(cart, { orderId, expectedTotal }))).toMatchObject([
        { code: 'TOTAL_MISMATCH', currentTotal: usd(305), field: ['expectedTotal'] },
      ]);
    }
    expect(problemsOf(() => checkOut(cart, { orderId, expectedTotal: '3.04' }))[0]?.message).toBe(
      'The total is 3.05 USD, not 3.04.',
    );
  });

  it('reads the expected total in the cart’s own currency', () => {
    const yen = { ...cart, currency: 'JPY' };
    expect(checkOut(yen, { orderId, expectedTotal: '305' }).status).toBe('CHECKED_OUT');
    expect(() => checkOut(yen, { orderId, expectedTotal: '3.05' })).toThrow(
      'expectedTotal must be a decimal of JPY: at most 15 integer and 0 fraction digits, such as "2999", but was "3.05"',
    );
    const dinars = { ...cart, currency: 'KWD' };
    expect(checkOut(dinars, { orderId, expectedTotal: '0.305' }).status).toBe('CHECKED_OUT');
  });

  it('reports several reasons at once', () => {
    const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);
    const products = [undefined, undefined];
    expect(codes(problemsOf(() => checkOut(cart, { orderId, products, expectedTotal: '0.01' })))).toEqual([
      'PRICE_CHANGED',
      'TOTAL_MISMATCH',
    ]);
    expect(
      codes(problemsOf(() => checkOut(cartOf(), { orderId, products: [], expectedTotal: '0.01' }))),
    ).toEqual(['CART_EMPTY', 'TOTAL_MISMATCH']);
  });

  it('does not mind a new name', () => {
    const renamed = [product(1, 101, 'Renamed'), product(3)];
    expect(checkOut(cart, { orderId, products: renamed }).items).toEqual(cart.items);
  });
});

describe('refreshPrices', () => {
  it('takes names and prices, and leaves quantities, order and what is no longer sold', () => {
    const cart = cartOf(item(5, 2), item(3), item(9, 4));
    const after = refreshPrices(cart, [product(5, 7, 'New'), undefined, product(9)]);
    expect(after).toEqual({
      ...cart,
      items: [{ productId: '5', productName: 'New', unitPrice: 7, quantity: 2 }, item(3), item(9, 4)],
    });
  });

  it('leaves no difference but what is no longer sold', () => {
    const price = fc.integer({ min: 0, max: 100_000_000 });
    const sold = fc.array(fc.tuple(fc.integer({ min: 1, max: 9999 }), price, fc.option(price)), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(sold, (list) => {
        const cart = cartOf(
          ...list.map(([quantity, unitPrice], index) => ({ ...item(index + 1, quantity), unitPrice })),
        );
        const products = list.map(([, , now], index) => (now === null ? undefined : product(index + 1, now)));
        const before = findPriceChanges(cart, products);
        const after = refreshPrices(cart, products);
        expect(findPriceChanges(after, products)).toEqual(
          before.filter((change) => change.currentPrice === undefined),
        );
        expect(before.map(({ productId }) => productId)).toEqual(
          list.flatMap(([, old, now], index) => (old === now ? [] : [String(index + 1)])),
        );
      }),
    );
  });

  it('takes no price in another currency, which check-out then reports', () => {
    const euros = { ...product(1), price: { amount: 101, currency: 'EUR' } };
    const cart = cartOf(item(1));
    expect(refreshPrices(cart, [euros])).toEqual(cart);
    expect(findPriceChanges(cart, [euros])).toEqual([
      { itemId: `${cart.id}:1`, productId: '1', cartPrice: usd(101), currentPrice: euros.price },
    ]);
  });
});
