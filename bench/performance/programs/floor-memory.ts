/** The floor without a database: plain node:http, JSON.parse, a Map, JSON.stringify. */
import { cartJson } from './cart-json.ts';
import { serveJson } from './json-server.ts';
import { memoryCarts } from './memory-carts.ts';

const carts = new Map(
  memoryCarts().map((cart) => [
    cart.id,
    {
      cart_id: cart.id,
      customer_id: cart.customerId ?? null,
      status: cart.status,
      currency: cart.currency,
      version: cart.version,
      created_at: cart.createdAt,
      updated_at: cart.updatedAt,
      expires_at: cart.expiresAt ?? null,
      order_id: null,
      merged_into_cart_id: null,
      changes: cart.changes,
      items: cart.items.map(
        (item) =>
          [item.productId, item.productName, item.unitPrice, item.quantity] as [
            number,
            string,
            number,
            number,
          ],
      ),
    },
  ]),
);

serveJson({
  '/get': ({ variables }: { variables: { id: string } }) => {
    const row = carts.get(variables.id);
    return Promise.resolve({ data: { cart: row ? cartJson(row) : null } });
  },
});
