import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemCount, MAX_ITEMS, type Cart, type CartItem } from '../../src/cart/cart.ts';
import { InputError } from '../../src/cart/input-error.ts';
import { mergeCarts, type MergeStrategy } from '../../src/cart/merge.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { problemsOf } from '../support/problems.ts';

const strategies = ['SUM', 'MAX', 'KEEP_TARGET', 'REPLACE'] as const;
const cartOf = (items: readonly CartItem[], partial: Partial<Cart> = {}) =>
  newCart(NOON, { items, ...partial });
const pairs = (cart: Cart) => cart.items.map(({ productId, quantity }) => [Number(productId), quantity]);
const quantityOf = (cart: Cart, id: number) =>
  cart.items.find(({ productId }) => productId === String(id))?.quantity ?? 0;
const merged = (source: readonly CartItem[], target: readonly CartItem[], strategy: MergeStrategy) =>
  mergeCarts(cartOf(source), cartOf(target), strategy).target;

describe('the items of a merge', () => {
  const source = [item(9, 2), item(1, 5), item(2, 1), item(8, 4)];
  const target = [item(2, 3), item(7, 6), item(1, 4)];

  it.each<[MergeStrategy, number[][]]>([
    ['SUM', [[2, 4], [7, 6], [1, 9], [9, 2], [8, 4]]], // prettier-ignore
    ['MAX', [[2, 3], [7, 6], [1, 5], [9, 2], [8, 4]]], // prettier-ignore
    ['KEEP_TARGET', [[2, 3], [7, 6], [1, 4], [9, 2], [8, 4]]], // prettier-ignore
    ['REPLACE', [[2, 1], [1, 5], [9, 2], [8, 4]]], // prettier-ignore
  ])('by %s', (strategy, expected) => {
    expect(pairs(merged(source, target, strategy))).toEqual(expected);
  });

  it.each(strategies)('keep the target’s name and price by %s', (strategy) => {
    const other = { ...item(1, 2), productName: 'Dearer', unitPrice: 5000 };
    expect(merged([other, item(2)], [item(1, 2)], strategy).items).toMatchObject([
      { productId: '1', productName: 'Product 1', unitPrice: 101 },
      item(2),
    ]);
  });

  it.each<[MergeStrategy, number[][]]>([
    ['SUM', [[1, 2]]],
    ['MAX', [[1, 2]]],
    ['KEEP_TARGET', [[1, 2]]],
    ['REPLACE', []],
  ])('of an empty source by %s', (strategy, expected) => {
    expect(pairs(merged([], [item(1, 2)], strategy))).toEqual(expected);
  });

  it.each(strategies)('agree with the strategy product by product: %s', (strategy) => {
    const items = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4999 })), {
        selector: ([productId]) => productId,
      })
      .map((list) => list.map(([productId, quantity]) => item(productId, quantity)));
    const expected = {
      SUM: (mine: number, theirs: number) => mine + theirs,
      MAX: Math.max,
      KEEP_TARGET: (mine: number, theirs: number) => (mine > 0 ? mine : theirs),
      REPLACE: (_mine: number, theirs: number) => theirs,
    }[strategy];
    fc.assert(
      fc.property(items, items, (from, into) => {
        const [sourceCart, targetCart] = [cartOf(from), cartOf(into)];
        const { source: after, target: result } = mergeCarts(sourceCart, targetCart, strategy);
        for (let id = 1; id <= 9; id += 1) {
          const [mine, theirs] = [targetCart, sourceCart].map((cart) => quantityOf(cart, id));
          expect(quantityOf(result, id)).toBe(expected(mine ?? 0, theirs ?? 0));
        }
        if (strategy === 'SUM') expect(itemCount(result)).toBe(itemCount(sourceCart) + itemCount(targetCart));
        expect(after.items).toEqual([]);
        expect(sourceCart.items).toEqual(from);
        expect(targetCart.items).toEqual(into);
      }),
    );
  });
});

it('takes items with other attributes for other items', () => {
  const ada = [{ key: 'engraving', value: 'Ada' }];
  const bob = [{ key: 'engraving', value: 'Bob' }];
  const result = mergeCarts(
    cartOf([item(1, 2, [...ada]), item(1, 3, bob)], { note: 'theirs' }),
    cartOf([item(1, 4), item(1, 5, ada)], { note: 'ours', attributes: ada }),
    'SUM',
  );
  expect(result.target.items).toEqual([item(1, 4), item(1, 7, ada), item(1, 3, bob)]);
  expect(result.target).toMatchObject({ note: 'ours', attributes: ada });
  expect(result.source).toMatchObject({ note: 'theirs', items: [] });
});

describe('the source of a merge', () => {
  it.each([
    [undefined, undefined, undefined],
    [undefined, '7', '7'],
    ['5', '7', '5'],
    ['5', undefined, '5'],
  ])('of customer %s merged into the cart of customer %s has customer %s', (from, into, kept) => {
    const own = (customerId: string | undefined) => (customerId === undefined ? {} : { customerId });
    const [source, target] = [cartOf([item(1)], own(from)), cartOf([], own(into))];
    const result = mergeCarts(source, target, 'SUM');
    expect(result.source).toMatchObject({ status: 'MERGED', items: [], mergedIntoCartId: target.id });
    expect(result.source.customerId).toBe(kept);
    expect('customerId' in result.source).toBe(kept !== undefined);
    expect(result.target).toEqual({ ...target, items: [item(1)] });
  });
});

describe('the limits of a merge', () => {
  it('are met exactly', () => {
    expect(pairs(merged([item(1, 5000)], [item(1, 4999)], 'SUM'))).toEqual([[1, 9999]]);
    const [low, high] = [0, 250].map((from) =>
      Array.from({ length: 250 }, (_, index) => item(from + index + 1)),
    );
    expect(merged(low ?? [], high ?? [], 'MAX').items).toHaveLength(MAX_ITEMS);
  });

  it('are reported for every product', () => {
    const [source, target] = [
      [item(1, 9999), item(2), item(3, 2)],
      [item(1), item(2), item(3, 9998)],
    ];
    expect(problemsOf(() => merged(source, target, 'SUM'))).toMatchObject([
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '1', limit: 9999, field: ['sourceCartId'] },
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '3', limit: 9999, field: ['sourceCartId'] },
    ]);
    const many = Array.from({ length: 499 }, (_, index) => item(index + 10));
    expect(problemsOf(() => merged([item(1, 9999), item(2)], [item(1), ...many], 'SUM'))).toMatchObject([
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '1' },
      { code: 'ITEM_LIMIT_EXCEEDED', limit: 500, field: ['sourceCartId'] },
    ]);
    expect(merged(many, [], 'REPLACE').items).toHaveLength(499);
  });

  it('keep amounts of different currencies apart', () => {
    const euros = cartOf([item(1)], { currency: 'EUR' });
    expect(() => mergeCarts(euros, cartOf([item(2)]), 'SUM')).toThrow(InputError);
    expect(() => mergeCarts(euros, cartOf([]), 'REPLACE')).toThrow(
      'sourceCartId must be a cart in USD, but was "one in EUR"',
    );
  });
});
