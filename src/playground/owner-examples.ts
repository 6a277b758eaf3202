/** Ready-made operations that change whose a cart is and whether there is one, on a guest cart of their own. */
import type { PlaygroundExample } from './playground-example.ts';

export const createOtherCart: PlaygroundExample = {
  name: 'OtherCart',
  keepCartIdAs: 'otherCartId',
  variables: { input: { items: [{ productId: '2', quantity: 1 }] } },
  query: `# Another guest cart, for the next examples. With a
# random UUID as "idempotencyKey" it is created only once,
# however often this is sent.
mutation OtherCart($input: CreateCartInput!) {
  createCart(input: $input) {
    cart {
      id
      customerId
      version
      totalAmount { amount currency }
    }
    userErrors { code message field }
  }
}`,
};

export const claimCart: PlaygroundExample = {
  name: 'ClaimCart',
  variables: { input: { cartId: '{{otherCartId}}', customerId: '12345' } },
  query: `# Gives a guest cart to a customer; guests who know its id
# see it no longer.
mutation ClaimCart($input: ClaimCartInput!) {
  claimCart(input: $input) {
    cart { id customerId version }
    userErrors { code message field }
  }
}`,
};

export const openCart: PlaygroundExample = {
  name: 'OpenCart',
  variables: { input: { customerId: '12345' } },
  query: `# The one active cart of a customer: made when there is
# none, and the same however many devices ask.
mutation OpenCart($input: OpenCartInput!) {
  openCart(input: $input) {
    cart { id customerId version items { productName quantity } }
    userErrors { code message field }
  }
}`,
};

export const replaceItems: PlaygroundExample = {
  name: 'ReplaceItems',
  variables: {
    input: {
      cartId: '{{otherCartId}}',
      items: [
        { productId: '3', quantity: 1 },
        { productId: '2', quantity: 2 },
      ],
    },
  },
  query: `# Makes the items exactly these, in one step. Items that
# stay keep name, price and place.
mutation ReplaceItems($input: ReplaceCartItemsInput!) {
  replaceCartItems(input: $input) {
    cart { version items { id productName quantity } }
    userErrors { code message field }
  }
}`,
};

export const clearCart: PlaygroundExample = {
  name: 'ClearCart',
  variables: { input: { cartId: '{{otherCartId}}' } },
  query: `# Takes all items out; the cart stays.
mutation ClearCart($input: ClearCartInput!) {
  clearCart(input: $input) {
    cart { version itemCount totalAmount { amount currency } }
    userErrors { code message field }
  }
}`,
};

export const deleteCart: PlaygroundExample = {
  name: 'DeleteCart',
  variables: { input: { cartId: '{{otherCartId}}' } },
  query: `# Afterwards there is no such cart; its id is never used
# again.
mutation DeleteCart($input: DeleteCartInput!) {
  deleteCart(input: $input) {
    deletedCartId
    userErrors { code message field }
  }
}`,
};
