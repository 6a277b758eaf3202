import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/cart/input-error.ts';
import { findItem } from '../../src/cart/find-item.ts';
import { identityOf, itemId, itemKey, parseItemId, productOfItemId } from '../../src/cart/item-key.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import { ada, itemKeyVectors } from '../support/item-key-vectors.ts';

const cartId = '0c0e0a00-0000-4000-8000-00000000abcd';

describe('the key of an item', () => {
  it('is the product’s id, and with attributes follows from them: vectors that clients can check theirs by', () => {
    for (const { item: identity, key } of itemKeyVectors) expect(itemKey(identity)).toBe(key);
  });

  it('is what a client computes from the rule', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (key, value) => {
          const text = JSON.stringify([[key, value]]);
          const digest = createHash('sha256').update(text, 'utf8').digest('base64url').slice(0, 12);
          expect(itemKey({ productId: 'p', attributes: [{ key, value }] })).toBe(`p~${digest}`);
        },
      ),
    );
  });

  it('stands behind the cart’s id in the item’s, in which the product can be found', () => {
    const id = itemId(cartId, { productId: 'gid://shop/1', attributes: ada });
    expect(id).toBe(`${cartId}:gid://shop/1~HfQoI7Pwcp_4`);
    expect(productOfItemId(id)).toBe('gid://shop/1');
    expect(productOfItemId(itemId(cartId, { productId: '7' }))).toBe('7');
    expect(parseItemId(`${cartId.toUpperCase()}:gid://shop/1~HfQoI7Pwcp_4`, 'itemId')).toBe(id);
  });

  it.each(['', cartId, `${cartId}:`, '7', 'x:7', `${cartId}:${'x'.repeat(142)}`])(
    'an item’s id is not %j',
    (text) => {
      expect(() => parseItemId(text, 'itemId')).toThrow(InputError);
    },
  );
});

it('items are the same by product and all attributes, not by a digest', () => {
  expect(identityOf({ productId: '1', attributes: ada })).not.toBe(identityOf({ productId: '1' }));
  expect(identityOf({ productId: '1', attributes: [...ada] })).toBe(
    identityOf({ productId: '1', attributes: ada }),
  );
  expect(identityOf({ productId: '1', attributes: ada })).toContain('For Ada');
});

describe('an item of a cart', () => {
  const cart = newCart(NOON, { items: [item(1), item(2), item(2, 3, ada)] });
  const find = (reference: Parameters<typeof findItem>[1]) => findItem(cart, reference, ['item']);

  it('is found by its id, and by its product where that is enough', () => {
    expect(find({ productId: '1' })).toEqual({ item: item(1) });
    expect(find({ itemId: itemId(cart.id, item(2)) })).toEqual({ item: item(2) });
    expect(find({ itemId: itemId(cart.id, item(2, 1, ada)) })).toEqual({ item: item(2, 3, ada) });
  });

  it('is not found by a product that several items are of, by a stranger’s id, nor when it is not there', () => {
    expect(find({ productId: '2' })).toMatchObject({ problem: { code: 'ITEM_AMBIGUOUS', productId: '2' } });
    expect(find({ productId: '3' })).toMatchObject({ problem: { code: 'ITEM_NOT_FOUND', productId: '3' } });
    for (const id of [itemId(cartId, item(1)), itemId(cart.id, item(1, 1, ada)), `${cart.id}x:1`]) {
      expect(find({ itemId: id })).toMatchObject({ problem: { code: 'ITEM_NOT_FOUND', itemId: id } });
    }
  });
});
