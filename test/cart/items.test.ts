import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CartError, type CartProblem } from '../../src/cart/cart-error.ts';
import { itemCount, MAX_ITEMS, MAX_QUANTITY, totalAmount, type Cart } from '../../src/cart/cart.ts';
import { InputError } from '../../src/cart/input-error.ts';
import { addItems, clearItems, removeItems, setQuantities, type ItemAddition } from '../../src/cart/items.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { problemsOf } from '../support/problems.ts';
import { product } from '../support/memory-catalog.ts';

const cartOf = (...items: Cart['items']) => newCart(NOON, { items });
const add = (cart: Cart, ...additions: ItemAddition[]) =>
  addItems(
    cart,
    additions,
    additions.map(({ productId }) => product(productId)),
  );
const pairs = (cart: Cart) => cart.items.map(({ productId, quantity }) => [Number(productId), quantity]);
const quantityOf = (cart: Cart, id: string) =>
  cart.items.find(({ productId }) => productId === id)?.quantity ?? 0;

describe('addItems', () => {
  it('adds to quantities that are there and appends the others in the order of the input', () => {
    const cart = add(
      cartOf(item(5, 2), item(3)),
      { productId: '9', quantity: 1 },
      { productId: '3', quantity: 4 },
      { productId: '1', quantity: 7 },
    );
    expect(pairs(cart)).toEqual([
      [5, 2],
      [3, 5],
      [9, 1],
      [1, 7],
    ]);
  });

  it('keeps name and price of what is there, and takes the catalogue’s for what is new', () => {
    const additions = ['1', '2'].map((productId) => ({ productId, quantity: 1 }));
    const cart = addItems(cartOf(item(1)), additions, [product(1, 999, 'New'), product(2, 998, 'Other')]);
    expect(cart.items).toEqual([
      item(1, 2),
      { productId: '2', productName: 'Other', unitPrice: 998, quantity: 1 },
    ]);
  });

  it('accepts the limits exactly', () => {
    expect(pairs(add(cartOf(item(1, 9998)), { productId: '1', quantity: 1 }))).toEqual([[1, MAX_QUANTITY]]);
    const many = Array.from({ length: MAX_ITEMS }, (_, index) => ({
      productId: String(index + 1),
      quantity: 1,
    }));
    const full = add(cartOf(), ...many);
    expect(full.items).toHaveLength(MAX_ITEMS);
    expect(add(full, { productId: '500', quantity: 1 }).items).toHaveLength(MAX_ITEMS);
    expect(problemsOf(() => add(full, { productId: '501', quantity: 1 }))).toMatchObject([
      { code: 'ITEM_LIMIT_EXCEEDED', limit: MAX_ITEMS, field: ['items'] },
    ]);
  });

  it('reports every faulty item with the path to what is wrong', () => {
    const additions = [
      { productId: '1', quantity: 9999 },
      { productId: '2', quantity: 0 },
      { productId: '3', quantity: 1 },
      { productId: '4', quantity: 1 },
      { productId: '5', quantity: -7 },
    ];
    const products = [product(1), product(2), product(3), undefined, undefined];
    const cart = cartOf(item(1));
    expect(problemsOf(() => addItems(cart, additions, products))).toMatchObject([
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '1', limit: 9999, field: ['items', '0', 'quantity'] },
      { code: 'QUANTITY_INVALID', productId: '2', field: ['items', '1', 'quantity'] },
      { code: 'PRODUCT_NOT_FOUND', productId: '4', field: ['items', '3', 'productId'] },
      { code: 'QUANTITY_INVALID', productId: '5', field: ['items', '4', 'quantity'] },
      { code: 'PRODUCT_NOT_FOUND', productId: '5', field: ['items', '4', 'productId'] },
    ]);
    expect(cart.items).toEqual([item(1)]);
  });

  it('refuses a product that is no longer sold, also when the cart has it', () => {
    const additions = [{ productId: '1', quantity: 1 }];
    expect(problemsOf(() => addItems(cartOf(item(1)), additions, [undefined]))).toMatchObject([
      { code: 'PRODUCT_NOT_FOUND', productId: '1' },
    ]);
  });

  it('refuses to mix currencies', () => {
    const euros = { ...product(1), price: { amount: 100, currency: 'EUR' } };
    expect(() => addItems(cartOf(), [{ productId: '1', quantity: 1 }], [euros])).toThrow(InputError);
  });
});

describe('setQuantities', () => {
  it('sets, removes with 0, and leaves order, names and prices alone', () => {
    const cart = setQuantities(cartOf(item(5, 2), item(3), item(9)), [
      { productId: '9', quantity: MAX_QUANTITY },
      { productId: '5', quantity: 0 },
    ]);
    expect(cart.items).toEqual([item(3), item(9, MAX_QUANTITY)]);
  });

  it('reports every faulty item', () => {
    const quantities = [
      { productId: '1', quantity: -1 },
      { productId: '2', quantity: 10_000 },
      { productId: '7', quantity: 0 },
      { productId: '8', quantity: -3 },
    ];
    expect(problemsOf(() => setQuantities(cartOf(item(1), item(2)), quantities))).toMatchObject([
      { code: 'QUANTITY_INVALID', productId: '1', field: ['items', '0', 'quantity'] },
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '2', limit: 9999, field: ['items', '1', 'quantity'] },
      { code: 'ITEM_NOT_FOUND', productId: '7', field: ['items', '2', 'productId'] },
      { code: 'QUANTITY_INVALID', productId: '8', field: ['items', '3', 'quantity'] },
      { code: 'ITEM_NOT_FOUND', productId: '8', field: ['items', '3', 'productId'] },
    ]);
  });
});

describe('removeItems and clearItems', () => {
  it('remove what is named, and everything', () => {
    const cart = cartOf(item(5), item(3), item(9));
    expect(removeItems(cart, [{ productId: '9' }, { productId: '5' }]).items).toEqual([item(3)]);
    expect(clearItems(cart).items).toEqual([]);
    expect(clearItems(clearItems(cart)).items).toEqual([]);
  });

  it('report every product that is not there', () => {
    expect(
      problemsOf(() =>
        removeItems(
          cartOf(item(5)),
          ['4', '5', '6'].map((productId) => ({ productId })),
        ),
      ),
    ).toMatchObject([
      { code: 'ITEM_NOT_FOUND', productId: '4', field: ['productIds', '0'] },
      { code: 'ITEM_NOT_FOUND', productId: '6', field: ['productIds', '2'] },
    ]);
  });
});

describe('over random inputs', () => {
  const additions = fc.uniqueArray(
    fc.record({
      productId: fc.integer({ min: 1, max: 12 }).map(String),
      quantity: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -2, max: 10_001 })),
    }),
    { selector: ({ productId }) => productId, minLength: 1, maxLength: 8 },
  );
  const itemsOf = (list: readonly ItemAddition[]) =>
    list.map(({ productId, quantity }) => item(productId, Math.min(9999, Math.max(1, quantity))));

  it('addItems takes all or none, and each fault belongs to the item its path names', () => {
    fc.assert(
      fc.property(additions, additions, (present, list) => {
        const cart = cartOf(...itemsOf(present));
        const before = structuredClone(cart.items);
        const isFaulty = ({ productId, quantity }: ItemAddition) =>
          quantity < 1 || quantityOf(cart, productId) + quantity > 9999;
        try {
          const after = add(cart, ...list);
          expect(list.some(isFaulty)).toBe(false);
          for (const { productId } of [...list, ...before]) {
            const added = list.find((addition) => addition.productId === productId)?.quantity ?? 0;
            const had = quantityOf(cart, productId);
            expect(quantityOf(after, productId)).toBe(had + added);
          }
          expect(after.items.slice(0, before.length).map((entry) => entry.productId)).toEqual(
            before.map((entry) => entry.productId),
          );
        } catch (error) {
          if (!(error instanceof CartError)) throw error;
          const paths = error.problems.map((problem: CartProblem) => problem.field?.[1]);
          expect(paths).toEqual(list.flatMap((entry, index) => (isFaulty(entry) ? [String(index)] : [])));
        }
        expect(cart.items).toEqual(before);
      }),
    );
  });

  it('count and total are the sums, as exact arithmetic has them', () => {
    const priced = fc.uniqueArray(
      fc.record({
        productId: fc.integer({ min: 1, max: 2_147_483_647 }).map(String),
        quantity: fc.integer({ min: 1, max: 9999 }),
        unitPrice: fc.integer({ min: 0, max: 100_000_000 }),
        productName: fc.string(),
      }),
      { selector: ({ productId }) => productId, maxLength: 500, size: 'max' },
    );
    fc.assert(
      fc.property(priced, (items) => {
        const cart = cartOf(...items);
        const exact = items.reduce(
          (sum, entry) => sum + BigInt(entry.unitPrice) * BigInt(entry.quantity),
          0n,
        );
        expect(BigInt(totalAmount(cart).amount)).toBe(exact);
        expect(itemCount(cart)).toBe(items.reduce((sum, entry) => sum + entry.quantity, 0));
      }),
      { numRuns: 30 },
    );
  });
});
