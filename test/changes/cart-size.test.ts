import { expect, it } from 'vitest';
import { openOperations, terms } from '../support/open-operations.ts';

it('a cart may not become larger than every database can keep, when it is made nor later', async () => {
  const test = openOperations();
  const attributes = Array.from({ length: 20 }, (_, index) => ({
    key: `k${10 + index}`,
    value: '漢'.repeat(250),
  }));
  const items = Array.from({ length: 25 }, (_, index) => ({
    productId: String(index + 1),
    quantity: 1,
    attributes,
  }));
  const made = await test.operations.createCart({ items }, terms());
  expect(made).toMatchObject({
    carts: [undefined],
    problems: [{ code: 'CART_SIZE_EXCEEDED', field: ['items'] }],
  });
  const cart = await test.created();
  const added = await test.operations.addItems(cart.id, items, terms());
  expect(added).toMatchObject({
    carts: [cart],
    problems: [{ code: 'CART_SIZE_EXCEEDED', field: ['cartId'], limit: 307_200 }],
  });
});
