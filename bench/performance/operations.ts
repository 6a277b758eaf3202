/** What is asked of every variant: the same bytes for all of them. */
import { writeRequest } from '../load/http-client.ts';

const cartFields = `
  id customerId status version itemCount createdAt updatedAt expiresAt
  totalAmount { amount currency }
  items {
    id productId productName quantity
    unitPrice { amount currency }
    lineTotal { amount currency }
  }`;

export const GET_CART = `query Cart($id: ID!) { cart(id: $id) {${cartFields} } }`;

export const ADD_ITEMS = `mutation Add($input: AddCartItemsInput!) {
  addCartItems(input: $input) {
    userErrors { code message }
    cart {${cartFields} }
  }
}`;

export function getCartRequest(cartId: string, path = '/graphql', query = GET_CART): Buffer {
  return writeRequest('POST', path, { query, variables: { id: cartId } });
}

export function addItemRequest(
  cartId: string,
  productId: number,
  path = '/graphql',
  query = ADD_ITEMS,
): Buffer {
  const input = { cartId, items: [{ productId: String(productId), quantity: 1 }] };
  return writeRequest('POST', path, { query, variables: { input } });
}

interface CartAnswer {
  readonly data: {
    readonly cart?: unknown;
    readonly addCartItems?: { readonly userErrors: readonly unknown[]; readonly cart: unknown };
  };
}

/** @throws Error unless the answer has a cart */
export function checkCart(body: string): void {
  if (!(JSON.parse(body) as CartAnswer).data.cart) throw new Error(`An answer without a cart: ${body}`);
}

/** @throws Error unless the change was made */
export function checkAddition(body: string): void {
  const payload = (JSON.parse(body) as CartAnswer).data.addCartItems;
  if (payload?.userErrors.length !== 0 || !payload.cart) throw new Error(`A change was refused: ${body}`);
}

/** For a load of both. */
export function checkEither(body: string): void {
  if (body.includes('"addCartItems"')) checkAddition(body);
  else checkCart(body);
}

/** Requests made beforehand, and sent in turn. */
export function inTurn(requests: readonly Buffer[]): () => Buffer {
  let index = 0;
  return () => requests[(index = (index + 1) % requests.length)] as Buffer;
}
