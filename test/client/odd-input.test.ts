/** What pages give by mistake, as the NaN of an emptied field: the service refuses it, and the cart is shown as before. */
import { expect, it } from 'vitest';
import type { Cart } from '../../client/src/index.ts';
import { cart, json, made, openScripted } from './scripted.ts';

const price = { amount: '29.99', currency: 'USD' };
const full: Cart = {
  ...cart,
  itemCount: 2,
  totalAmount: { amount: '59.98', currency: 'USD' },
  items: [
    {
      id: `${cart.id}:1`,
      productId: '1',
      productName: 'Widget Alpha',
      attributes: [],
      quantity: 2,
      unitPrice: price,
      lineTotal: { amount: '59.98', currency: 'USD' },
    },
  ],
};

it.each([NaN, 1.5, Infinity])('a quantity of %s breaks nothing', async (quantity) => {
  const code = 'BAD_USER_INPUT';
  const { client } = openScripted(({ operation }) =>
    operation === 'ClearCart'
      ? made({ ...full, version: 2, items: [] })
      : json({ errors: [{ message: 'No whole number.', extensions: { code } }] }),
  );
  client.learn(full);
  const changes = [
    client.updateItems([{ itemId: `${cart.id}:1`, quantity }]),
    client.addItems([{ productId: '2', quantity, preview: { name: 'Ring', price } }]),
  ];
  expect(client.getSnapshot()).toMatchObject({ pending: 2, cart: { items: full.items } });
  for (const change of changes) expect(await change).toMatchObject({ kind: 'failed', errors: [{ code }] });
  expect(client.getSnapshot()).toMatchObject({ pending: 0, cart: full });
  expect(await client.clear()).toMatchObject({ ok: true });
});
