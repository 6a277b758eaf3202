/** A cart as the answer has it, by hand: what the floors do in place of GraphQL. */
import type { CartRow } from '../../../src/stores/postgres/cart-row.ts';

const decimal = (cents: number) => (cents / 100).toFixed(2);
const time = (milliseconds: number | null) =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** The fields of operations.ts, in their order. */
export function cartJson(row: CartRow): object {
  const { currency } = row;
  let itemCount = 0;
  let total = 0;
  const items = (row.items ?? []).map(([id, productName, price, quantity]) => {
    itemCount += quantity;
    total += price * quantity;
    return {
      id: String(id),
      productId: String(id),
      productName,
      quantity,
      unitPrice: { amount: decimal(price), currency },
      lineTotal: { amount: decimal(price * quantity), currency },
    };
  });
  return {
    id: row.cart_id,
    customerId: row.customer_id === null ? null : String(row.customer_id),
    status: row.status,
    version: row.version,
    itemCount,
    createdAt: time(row.created_at),
    updatedAt: time(row.updated_at),
    expiresAt: time(row.expires_at),
    totalAmount: { amount: decimal(total), currency },
    items,
  };
}
