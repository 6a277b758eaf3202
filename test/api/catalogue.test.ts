/** The shop's own catalogue: what staff put in and take out, and how it is read. */
import { describe, expect, it } from 'vitest';
import * as op from '../generated/graphql.ts';
import { storeTypes } from '../support/test-app.ts';
import { openApi, present } from './api-client.ts';

describe.each(storeTypes)('the catalogue on %s', (type) => {
  const api = openApi(type, { products: 3 });
  const upsert = async (products: op.ProductInput[]) =>
    present((await api.app.execute(op.UpsertProductsDocument, { input: { products } })).upsertProducts);

  it('takes products with any id, replaces them whole, and answers them in the order asked for', async () => {
    const full = {
      id: 'gid://shop/ProductVariant/42',
      name: 'Teapot "Zoë"',
      price: '19.9',
      category: 'Kitchen',
      brand: 'Acme',
      description: 'Pours.',
      imageUrl: 'https://img.example/42.svg',
      url: '/p/42',
    };
    const { products, userErrors } = await upsert([
      full,
      { id: '9007199254740991', name: 'Last', price: '0' },
    ]);
    const shown = { ...full, price: { amount: '19.90', currency: 'USD' } };
    expect(userErrors).toEqual([]);
    expect(products?.[0]).toEqual(shown);
    const ids = ['9007199254740991', '007', full.id, '7', full.id];
    const { productsById } = await api.app.execute(op.ProductsByIdDocument, { ids });
    expect(productsById.map((product) => product?.id)).toEqual([
      ids[0],
      undefined,
      full.id,
      undefined,
      full.id,
    ]);
    expect(productsById[2]).toEqual(shown);

    await upsert([{ id: full.id, name: 'Teapot', price: '21' }]);
    const { product } = await api.app.execute(op.GetProductDocument, { id: full.id });
    expect(product).toMatchObject({ name: 'Teapot', price: { amount: '21.00' }, brand: null, url: null });
    const page = await api.app.execute(op.ProductsDocument, { first: 100 });
    expect(page.products.nodes.map(({ id }) => id)).toEqual(['1', '2', '3', '9007199254740991', full.id]);
    const next = await api.app.execute(op.ProductsDocument, {
      after: page.products.edges.at(-2)?.cursor ?? null,
    });
    expect(next.products.nodes.map(({ id }) => id)).toEqual([full.id]);
  });

  it('loses products that are withdrawn, which carts keep', async () => {
    await upsert([{ id: 'SKU-1', name: 'Mug', price: '5' }]);
    const { id } = await api.create({ items: [{ productId: 'SKU-1', quantity: 2 }] });
    const input = { productIds: ['never-sold', 'SKU-1'] };
    const gone = await api.app.execute(op.WithdrawProductsDocument, { input });
    expect(gone.withdrawProducts).toEqual({ withdrawnProductIds: ['SKU-1'], userErrors: [] });
    expect((await api.app.execute(op.GetProductDocument, { id: 'SKU-1' })).product).toBeNull();
    expect(await api.get(id)).toMatchObject({
      items: [{ productId: 'SKU-1', productName: 'Mug', quantity: 2 }],
    });
  });

  it('is changed whole or not at all, and malformed products are named', async () => {
    const good = { id: 'good', name: 'Good', price: '1' };
    const bad: [Partial<op.ProductInput>, RegExp][] = [
      [{ id: 'a~b' }, /^input\.products\[1\]\.id must have 1 to 128 visible ASCII characters without ~/],
      [{ name: 'ü'.repeat(201) }, /^input\.products\[1\]\.name must have at most 400 bytes/],
      [{ name: 'x'.repeat(256) }, /^input\.products\[1\]\.name must have at most 255 characters/],
      [{ name: '' }, /^input\.products\[1\]\.name must not be empty/],
      [{ price: '1.999' }, /^input\.products\[1\]\.price must be a decimal of USD/],
      [{ price: '-0.01' }, /^input\.products\[1\]\.price must be from 0 to 100000000 minor units/],
      [{ price: '1000000.01' }, /^input\.products\[1\]\.price must be from 0/],
      [{ imageUrl: 'javascript:alert(1)' }, /^input\.products\[1\]\.imageUrl must begin with/],
      [{ url: '//elsewhere.example' }, /^input\.products\[1\]\.url must begin with/],
      [{ id: 'good' }, /^input\.products must name each product once, but was "product good twice"/],
    ];
    for (const [partial, message] of bad) {
      const input = { products: [good, { id: 'bad', name: 'Bad', price: '1', ...partial }] };
      const { errors } = await api.app.send(op.UpsertProductsDocument, { input });
      expect(errors?.[0]).toMatchObject({
        message: expect.stringMatching(message) as string,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    const many = Array.from({ length: 101 }, (_, at) => ({ ...good, id: `good ${at}`.replace(' ', '-') }));
    for (const products of [[], many]) {
      const { errors } = await api.app.send(op.UpsertProductsDocument, { input: { products } });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await api.app.execute(op.GetProductDocument, { id: 'good' })).product).toBeNull();
  });
});

describe.each(storeTypes)('the catalogue in yen on %s', (type) => {
  const api = openApi(type, { products: 0, env: { CART_CURRENCY: 'JPY' } });

  it('is sold, totalled and checked out without fractions', async () => {
    const products = [{ id: 'SKU-1', name: 'Mug', price: '1980' }];
    await api.app.execute(op.UpsertProductsDocument, { input: { products } });
    const { errors } = await api.app.send(op.UpsertProductsDocument, {
      input: { products: [{ id: 'SKU-1', name: 'Mug', price: '1980.0' }] },
    });
    expect(errors?.[0]?.message).toMatch(/^input\.products\[0\]\.price must be a decimal of JPY/);
    const cart = await api.create({ items: [{ productId: 'SKU-1', quantity: 3 }] });
    expect(cart.totalAmount).toEqual({ amount: '5940', currency: 'JPY' });
    expect(await api.checkOut(cart.id, { expectedTotal: '5939' })).toMatchObject({
      userErrors: [{ code: 'TOTAL_MISMATCH', currentTotal: { amount: '5940', currency: 'JPY' } }],
    });
    expect(await api.checkOut(cart.id, { expectedTotal: '5940' })).toMatchObject({ userErrors: [] });
  });
});
