/** Items told apart by attributes, and what is said of a cart. */
import { describe, expect, it } from 'vitest';
import { itemId } from '../../src/cart/item-key.ts';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi, present } from './api-client.ts';

const engraved = (value: string) => [{ key: 'engraving', value }];

describe.each(storeTypes)('items with attributes on %s', (type) => {
  const api = openApi(type, { products: 600 });
  const update = async (cartId: string, items: op.UpdateCartItemInput[]) =>
    present(
      (await api.app.execute(op.UpdateCartItemsDocument, { input: { cartId, items } })).updateCartItems,
    );
  const remove = async (input: op.RemoveCartItemsInput) =>
    present((await api.app.execute(op.RemoveCartItemsDocument, { input })).removeCartItems);
  const replace = async (input: op.ReplaceCartItemsInput) =>
    present((await api.app.execute(op.ReplaceCartItemsDocument, { input })).replaceCartItems);
  const say = async (input: op.UpdateCartInput) =>
    present((await api.app.execute(op.UpdateCartDocument, { input })).updateCart);
  const quantities = (cart: op.CartPartsFragment | null | undefined) =>
    present(cart).items.map((item) => [item.id.slice(37), item.quantity]);

  it('are two of one product, found, set, merged and removed by their ids', async () => {
    const ada = [{ key: 'wrap', value: '' }, ...engraved('Für Ada "A"')];
    const { id } = await api.create({ customerId: 'auth0|65f1' });
    const { cart } = await api.add(id, [
      { productId: 1, quantity: 1, attributes: ada },
      { productId: 1, quantity: 2, attributes: engraved('Zoë') },
      { productId: 1, quantity: 3, attributes: [] },
    ]);
    const [first, second, plain] = present(cart).items;
    const sorted = [ada[1], ada[0]] as { key: string; value: string }[];
    expect(present(cart).customerId).toBe('auth0|65f1');
    expect([first, second, plain].map((item) => item?.attributes)).toEqual([sorted, engraved('Zoë'), []]);
    expect(first?.id).toBe(itemId(id, { productId: '1', attributes: sorted }));
    expect(plain?.id).toBe(`${id}:1`);

    // The same item, whatever the order of its attributes.
    await api.add(id, [{ productId: 1, quantity: 4, attributes: sorted }]);
    const found = await api.app.execute(op.GetItemDocument, { id, itemId: present(first).id });
    expect(found.cart?.item).toEqual({ id: first?.id, productId: '1', quantity: 5 });
    expect((await api.app.execute(op.GetItemDocument, { id, productId: 1 })).cart?.item).toBeNull();

    const set = await update(id, [{ itemId: present(second).id, quantity: 7 }]);
    expect(set.cart?.items.map((item) => item.quantity)).toEqual([5, 7, 3]);
    const other = await api.create({
      items: [{ productId: 1, quantity: 1, attributes: engraved('Zoë') }],
    });
    const merged = await api.merge(other.id, id);
    expect(merged.cart?.items.map((item) => item.quantity)).toEqual([5, 8, 3]);
    const removed = await remove({ cartId: id, itemIds: [present(first).id, present(plain).id] });
    expect(removed.cart?.items.map((item) => item.id)).toEqual([second?.id]);
    // One is left of the product, which is enough to name it.
    expect((await update(id, [{ productId: 1, quantity: 1 }])).userErrors).toEqual([]);
    expect(await api.checkOut(id, { expectedTotal: '29.99' })).toMatchObject({ userErrors: [] });
    expect((await api.get(id))?.items).toMatchObject([{ id: second?.id, attributes: engraved('Zoë') }]);
  });

  it('ITEM_AMBIGUOUS and ITEM_NOT_FOUND, with the name that the input has', async () => {
    const cart = await api.create({
      items: [
        { productId: 1, quantity: 1 },
        { productId: 1, quantity: 1, attributes: engraved('x') },
      ],
    });
    const cartId = cart.id;
    const elsewhere = `${api.unknown()}:1`;
    const set = await update(cartId, [
      { productId: 1, quantity: 2 },
      { itemId: elsewhere, quantity: 2 },
    ]);
    expect(set.userErrors).toMatchObject([
      {
        __typename: 'ItemError',
        code: 'ITEM_AMBIGUOUS',
        itemId: null,
        namedProductId: '1',
        field: ['input', 'items', '0', 'productId'],
      },
      {
        __typename: 'ItemError',
        code: 'ITEM_NOT_FOUND',
        itemId: elsewhere,
        field: ['input', 'items', '1', 'itemId'],
      },
    ]);
    const removed = await remove({
      cartId,
      itemIds: [`${cartId.toUpperCase()}:1`, elsewhere],
      productIds: [7],
    });
    expect(removed.userErrors).toMatchObject([
      { code: 'ITEM_NOT_FOUND', itemId: elsewhere, field: ['input', 'itemIds', '1'] },
      { code: 'ITEM_NOT_FOUND', namedProductId: '7', field: ['input', 'productIds', '0'] },
    ]);
    expect(await api.get(cartId)).toEqual(cart);
  });

  it('are replaced in one step, and none empties the cart', async () => {
    const { id } = await api.create({
      items: [
        { productId: 1, quantity: 1 },
        { productId: 2, quantity: 2, attributes: engraved('x') },
        { productId: 3, quantity: 3 },
      ],
    });
    const key = { idempotencyKey: 'r' };
    const items = [
      { productId: 4, quantity: 4 },
      { productId: 3, quantity: 9 },
      { productId: 2, quantity: 1, attributes: engraved('x') },
    ];
    const made = await replace({ cartId: id, items, ...key });
    expect(quantities(made.cart).map(([key]) => String(key).slice(0, 2))).toEqual(['2~', '3', '4']);
    expect(await replace({ cartId: id, items, ...key })).toEqual(made);
    const refused = await replace({ cartId: id, items: [{ productId: 999_999, quantity: 0 }] });
    expect(refused.userErrors).toMatchObject([
      { code: 'QUANTITY_INVALID', field: ['input', 'items', '0', 'quantity'] },
      { code: 'PRODUCT_NOT_FOUND', field: ['input', 'items', '0', 'productId'] },
    ]);
    expect(refused.cart).toEqual(made.cart);
    expect((await replace({ cartId: id, items: [] })).cart).toMatchObject({ items: [], version: 3 });
  });

  it('a cart keeps its note and attributes until they are taken away', async () => {
    const attributes = [
      { key: 'b', value: '' },
      { key: 'a', value: '💥' },
    ];
    const made = await api.create({ note: 'Ring twice.', attributes });
    expect(made).toMatchObject({ note: 'Ring twice.', attributes: attributes.toReversed() });
    const cartId = made.id;
    await api.add(cartId, [{ productId: 1, quantity: 1 }]);
    expect(await api.get(cartId)).toMatchObject({ note: 'Ring twice.', attributes: made.attributes });
    expect((await say({ cartId, note: 'No, once.' })).cart).toMatchObject({
      note: 'No, once.',
      attributes: made.attributes,
    });
    expect((await say({ cartId, attributes: [] })).cart).toMatchObject({ note: 'No, once.', attributes: [] });
    expect((await say({ cartId, note: '', attributes: null })).cart).toMatchObject({ note: null });
    const last = await say({ cartId });
    expect(last.cart).toMatchObject({ note: null, attributes: [], version: 6 });
    expect(await api.get(cartId)).toEqual(last.cart);
  });

  it('CART_SIZE_EXCEEDED, and the answer of a full cart is no larger than it may be', async () => {
    const { id } = await api.create();
    const value = 'v'.repeat(255);
    const attributes = Array.from({ length: 20 }, (_, at) => ({ key: `${at}`, value }));
    let refused: op.AddCartItemsMutation['addCartItems'] = null;
    for (let from = 1; refused === null; from += 15) {
      const items = Array.from({ length: 15 }, (_, at) => ({
        productId: from + at,
        quantity: 1,
        attributes,
      }));
      const answer = await api.add(id, items);
      if (answer.userErrors.length > 0) refused = answer;
    }
    expect(refused.userErrors).toMatchObject([
      { __typename: 'LimitError', code: 'CART_SIZE_EXCEEDED', limit: 307_200 },
    ]);
    expect(refused.cart?.items).toHaveLength(45);
  });
});
