import { expect, it } from 'vitest';
import { checkAtMost, checkDistinct, checkNotEmpty } from '../../src/cart/input-checks.ts';
import { InputError } from '../../src/cart/input-error.ts';

it('says which argument is wrong, what it must be and what was given', () => {
  const error = new InputError('input.items[2].productId', 'must be a UUID', 'x');
  expect(error).toMatchObject({ name: 'InputError', argument: 'input.items[2].productId' });
  expect(error.message).toBe('input.items[2].productId must be a UUID, but was "x"');
  expect(new InputError('id', 'must be a UUID', 'x'.repeat(1000)).message.length).toBeLessThan(100);
});

it('refuses empty lists, long lists and products named twice', () => {
  expect(() => {
    checkNotEmpty([], 'input.items');
  }).toThrow('input.items must have at least one entry, but was "an empty list"');
  expect(() => {
    checkAtMost([1, 2, 3], 2, 'ids');
  }).toThrow('ids must have at most 2 entries, but was 3');
  expect(() => {
    checkDistinct(['4', '5', '4'], 'product', 'input.productIds');
  }).toThrow('input.productIds must name each product once, but was "product 4 twice"');
  checkNotEmpty([1], 'items');
  checkAtMost([1, 2], 2, 'ids');
  checkDistinct(['4', '5'], 'product', 'items');
});
