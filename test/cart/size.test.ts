import { expect, it } from 'vitest';
import { cartBytes, checkCartSize, MAX_CART_BYTES } from '../../src/cart/size.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { problemsOf } from '../support/problems.ts';

const long = (length: number) =>
  Array.from({ length: 20 }, (_, index) => ({ key: `k${10 + index}`, value: 'v'.repeat(length) }));
const cartOf = (count: number, note?: string) =>
  newCart(NOON, {
    items: Array.from({ length: count }, (_, index) => item(index + 1, 1, long(250))),
    ...(note !== undefined && { note }),
  });

it('grows by the bytes of each text, in UTF-8', () => {
  const empty = cartBytes(newCart(NOON));
  expect(cartBytes(newCart(NOON, { note: 'é' })) - empty).toBe(2);
  expect(cartBytes(newCart(NOON, { customerId: 'auth0|1' })) - empty).toBe(7);
  expect(cartBytes(newCart(NOON, { attributes: [{ key: 'ab', value: '漢' }] })) - empty).toBe(6);
  const plain = cartBytes(newCart(NOON, { items: [item(1)] }));
  expect(cartBytes(newCart(NOON, { items: [item(1, 1, [{ key: 'k', value: 'v' }])] })) - plain).toBe(3);
});

it('500 items with the longest names fit, and so does every cart below the limit', () => {
  const items = Array.from({ length: 500 }, (_, index) => ({
    ...item(index + 1),
    productName: '漢'.repeat(133),
  }));
  expect(cartBytes(newCart(NOON, { items }))).toBeLessThan(MAX_CART_BYTES);
});

it('a change may not take a cart beyond the limit', () => {
  const most = Math.floor(
    (MAX_CART_BYTES - cartBytes(newCart(NOON))) / (cartBytes(cartOf(1)) - cartBytes(cartOf(0))),
  );
  const fits = cartOf(most);
  const over = cartOf(most + 1);
  expect(() => {
    checkCartSize(newCart(NOON), fits, 'cartId');
  }).not.toThrow();
  expect(
    problemsOf(() => {
      checkCartSize(fits, over, 'cartId');
    }),
  ).toMatchObject([
    {
      code: 'CART_SIZE_EXCEEDED',
      limit: 307_200,
      field: ['cartId'],
      message: `The cart would have ${cartBytes(over)} bytes, and may have 307200.`,
    },
  ]);
});

it('but one that is too large already may become smaller', () => {
  const huge = cartOf(100);
  expect(() => {
    checkCartSize(huge, { ...huge, items: huge.items.slice(1) }, 'cartId');
  }).not.toThrow();
  expect(() => {
    checkCartSize(huge, { ...huge, note: 'more' }, 'cartId');
  }).toThrow('The cart would have');
});
