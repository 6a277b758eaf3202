import { describe, expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { itemId } from '../../src/cart/item-key.ts';
import { InputError } from '../../src/cart/input-error.ts';
import {
  addItems,
  removeItems,
  replaceItems,
  setQuantities,
  type ItemAddition,
} from '../../src/cart/items.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { product } from '../support/memory-catalog.ts';
import { problemsOf } from '../support/problems.ts';

const ada = [{ key: 'engraving', value: 'Ada' }];
const bob = [{ key: 'engraving', value: 'Bob' }];
const cartOf = (...items: Cart['items']) => newCart(NOON, { items });
const productsOf = (list: readonly ItemAddition[]) => list.map(({ productId }) => product(productId));
const add = (cart: Cart, ...list: ItemAddition[]) => addItems(cart, list, productsOf(list));
const replace = (cart: Cart, ...list: ItemAddition[]) => replaceItems(cart, list, productsOf(list));

describe('items of one product with different attributes', () => {
  it('are different items, and the same ones add up', () => {
    const cart = add(
      cartOf(item(1)),
      { productId: '1', quantity: 2, attributes: ada },
      { productId: '1', quantity: 3, attributes: bob },
    );
    expect(cart.items).toEqual([item(1), item(1, 2, ada), item(1, 3, bob)]);
    expect(add(cart, { productId: '1', quantity: 1, attributes: [...ada] }).items).toEqual([
      item(1),
      item(1, 3, ada),
      item(1, 3, bob),
    ]);
  });

  it('are set and removed by their ids', () => {
    const cart = cartOf(item(1), item(1, 2, ada), item(1, 3, bob));
    const [plain, first, second] = cart.items.map((one) => itemId(cart.id, one)) as [string, string, string];
    const set = [
      { itemId: plain, quantity: 5 },
      { itemId: second, quantity: 0 },
    ];
    expect(setQuantities(cart, set).items).toEqual([item(1, 5), item(1, 2, ada)]);
    expect(removeItems(cart, [{ itemId: first }, { itemId: plain }]).items).toEqual([item(1, 3, bob)]);
  });

  it('must be named by their ids, each once', () => {
    const cart = cartOf(item(1), item(1, 2, ada), item(2));
    expect(problemsOf(() => setQuantities(cart, [{ productId: '1', quantity: 1 }]))).toMatchObject([
      { code: 'ITEM_AMBIGUOUS', productId: '1', field: ['items', '0', 'productId'] },
    ]);
    expect(
      problemsOf(() => removeItems(cart, [{ itemId: `${cart.id}:9` }, { productId: '1' }])),
    ).toMatchObject([
      { code: 'ITEM_NOT_FOUND', itemId: `${cart.id}:9`, field: ['itemIds', '0'] },
      { code: 'ITEM_AMBIGUOUS', productId: '1', field: ['productIds', '0'] },
    ]);
    const twice = [{ itemId: `${cart.id}:2` }, { productId: '2' }];
    expect(() => removeItems(cart, twice)).toThrow(InputError);
    expect(() =>
      setQuantities(
        cart,
        twice.map((one) => ({ ...one, quantity: 1 }) as never),
      ),
    ).toThrow('input.items[1] must name each item once, but was "item 2 twice"');
  });

  it('keep what a newer version said of them', () => {
    const later = { ...item(1, 2, ada), unknown: { giftWrap: true } };
    const cart = add(cartOf(later), { productId: '1', quantity: 1, attributes: ada });
    expect(cart.items).toEqual([{ ...later, quantity: 3 }]);
    expect(setQuantities(cart, [{ productId: '1', quantity: 7 }]).items).toEqual([{ ...later, quantity: 7 }]);
  });
});

describe('replaceItems', () => {
  it('keeps name, price and place of what stays, and appends what is new in the order of the input', () => {
    const old = { ...item(5, 2), productName: 'Old name', unitPrice: 1 };
    const cart = replace(
      cartOf(item(3), old, item(9)),
      { productId: '7', quantity: 1 },
      { productId: '9', quantity: 4 },
      { productId: '5', quantity: 6 },
      { productId: '5', quantity: 1, attributes: ada },
    );
    expect(cart.items).toEqual([{ ...old, quantity: 6 }, item(9, 4), item(7), item(5, 1, ada)]);
  });

  it('empties', () => {
    expect(replace(cartOf(item(3), item(9))).items).toEqual([]);
  });

  it('needs the catalogue only for what is new, and reports every fault', () => {
    const cart = cartOf(item(3));
    expect(replaceItems(cart, [{ productId: '3', quantity: 2 }], [undefined]).items).toEqual([item(3, 2)]);
    const list = [
      { productId: '3', quantity: 0 },
      { productId: '4', quantity: 10_000 },
      { productId: '5', quantity: 1 },
    ];
    expect(problemsOf(() => replaceItems(cart, list, [undefined, product(4), undefined]))).toMatchObject([
      { code: 'QUANTITY_INVALID', productId: '3', field: ['items', '0', 'quantity'] },
      { code: 'QUANTITY_LIMIT_EXCEEDED', productId: '4', field: ['items', '1', 'quantity'] },
      { code: 'PRODUCT_NOT_FOUND', productId: '5', field: ['items', '2', 'productId'] },
    ]);
    const many = Array.from({ length: 501 }, (_, index) => ({ productId: String(index + 1), quantity: 1 }));
    expect(problemsOf(() => replace(cart, ...many))).toMatchObject([{ code: 'ITEM_LIMIT_EXCEEDED' }]);
  });
});
