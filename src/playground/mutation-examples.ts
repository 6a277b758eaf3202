/** Ready-made operations that change what is in carts. Products 1 and 50 are in the demo catalogue; 999999 is not. */
import type { PlaygroundExample } from './playground-example.ts';

export const createCart: PlaygroundExample = {
  name: 'CreateCart',
  keepCartIdAs: 'cartId',
  variables: {
    input: {
      customerId: '12345',
      items: [
        { productId: '1', quantity: 2 },
        { productId: '50', quantity: 1 },
      ],
    },
  },
  query: `# Creates a cart for a customer, with its first items.
# Its id takes the place of {{cartId}} in the variables
# of other examples, which work on this cart.
mutation CreateCart($input: CreateCartInput!) {
  createCart(input: $input) {
    cart {
      id
      customerId
      version
      itemCount
      items {
        productId
        productName
        unitPrice { amount currency }
        quantity
        lineTotal { amount currency }
      }
      totalAmount { amount currency }
      expiresAt
    }
    userErrors { code message field }
  }
}`,
};

export const addItems: PlaygroundExample = {
  name: 'AddItems',
  variables: {
    input: {
      cartId: '{{cartId}}',
      items: [
        { productId: '1', quantity: 1 },
        { productId: '2', quantity: 3 },
        { productId: '2', quantity: 1, attributes: [{ key: 'engraving', value: 'For Zoë' }] },
      ],
    },
  },
  query: `# Adds to the quantity of an item that is there already. With
# other attributes a product is another item.
# All items are added, or none.
mutation AddItems($input: AddCartItemsInput!) {
  addCartItems(input: $input) {
    cart {
      version
      itemCount
      items {
        id
        productId
        attributes { key value }
        quantity
        lineTotal { amount }
      }
      totalAmount { amount currency }
    }
    userErrors { code message field }
  }
}`,
};

export const updateItems: PlaygroundExample = {
  name: 'UpdateItems',
  variables: {
    input: {
      cartId: '{{cartId}}',
      items: [
        { productId: '1', quantity: 5 },
        { productId: '50', quantity: 2 },
      ],
    },
  },
  query: `# Sets quantities; 0 removes the item. Where the cart has
# several items of a product, give "itemId" in place of
# "productId". An "expectedVersion" in the input refuses the
# change if the cart has changed.
mutation UpdateItems($input: UpdateCartItemsInput!) {
  updateCartItems(input: $input) {
    cart {
      version
      items { productId productName quantity lineTotal { amount } }
      totalAmount { amount currency }
    }
    userErrors { code message field }
  }
}`,
};

export const removeItems: PlaygroundExample = {
  name: 'RemoveItems',
  variables: { input: { cartId: '{{cartId}}', productIds: ['50'] } },
  query: `# Takes products out, whatever their quantities.
mutation RemoveItems($input: RemoveCartItemsInput!) {
  removeCartItems(input: $input) {
    cart {
      version
      items { productId productName quantity }
      totalAmount { amount currency }
    }
    userErrors { code message field }
  }
}`,
};

export const updateCart: PlaygroundExample = {
  name: 'UpdateCart',
  variables: {
    input: {
      cartId: '{{cartId}}',
      note: 'Please ring twice.',
      attributes: [{ key: 'campaign', value: 'spring' }],
    },
  },
  query: `# What is said of the cart as a whole. What is left out
# stays; null or an empty list removes it.
mutation UpdateCart($input: UpdateCartInput!) {
  updateCart(input: $input) {
    cart { version note attributes { key value } }
    userErrors { code message field }
  }
}`,
};

export const createGuestCart: PlaygroundExample = {
  name: 'GuestCart',
  keepCartIdAs: 'guestCartId',
  variables: { input: { items: [{ productId: '1', quantity: 4 }] } },
  query: `# A cart without a customer. Run this before MergeCarts:
# its id stands there in place of {{guestCartId}}.
mutation GuestCart($input: CreateCartInput!) {
  createCart(input: $input) {
    cart {
      id
      customerId
      items { productId productName quantity }
      totalAmount { amount currency }
    }
    userErrors { code message field }
  }
}`,
};

export const mergeCarts: PlaygroundExample = {
  name: 'MergeCarts',
  variables: { input: { sourceCartId: '{{guestCartId}}', targetCartId: '{{cartId}}', strategy: 'SUM' } },
  query: `# Moves the guest cart's items into the customer's cart,
# as after a login.
# Strategies: SUM, MAX, KEEP_TARGET, REPLACE.
mutation MergeCarts($input: MergeCartsInput!) {
  mergeCarts(input: $input) {
    cart {
      id
      version
      items { productId productName quantity }
      totalAmount { amount currency }
    }
    sourceCart { id status mergedIntoCartId }
    userErrors { code message field }
  }
}`,
};

export const refreshPrices: PlaygroundExample = {
  name: 'RefreshPrices',
  variables: { input: { cartId: '{{cartId}}' } },
  query: `# Takes the catalogue's names and prices into the cart.
mutation RefreshPrices($input: RefreshCartPricesInput!) {
  refreshCartPrices(input: $input) {
    cart { version totalAmount { amount currency } }
    priceChanges {
      productId
      cartPrice { amount }
      currentPrice { amount }
    }
    userErrors { code message field }
  }
}`,
};

export const userErrors: PlaygroundExample = {
  name: 'UserErrors',
  variables: {
    input: {
      cartId: '{{cartId}}',
      items: [
        { productId: '999999', quantity: 1 },
        { productId: '1', quantity: 10000 },
      ],
    },
  },
  query: `# A change that is refused: nothing is added, and every
# faulty item is reported, with what a client needs.
mutation UserErrors($input: AddCartItemsInput!) {
  addCartItems(input: $input) {
    cart { version itemCount }
    userErrors {
      __typename
      code
      message
      field
      ... on ProductError { productId }
      ... on LimitError { limit }
      ... on VersionConflictError { currentVersion }
    }
  }
}`,
};

export const checkOut: PlaygroundExample = {
  name: 'CheckOut',
  variables: { input: { cartId: '{{cartId}}', acceptCartPrices: false } },
  query: `# Freezes the cart and gives it an order id. An
# "expectedTotal" in the input refuses another total.
mutation CheckOut($input: CheckoutCartInput!) {
  checkoutCart(input: $input) {
    orderId
    cart { status version totalAmount { amount currency } }
    userErrors {
      code
      message
      ... on TotalMismatchError { currentTotal { amount } }
      ... on PriceChangedError {
        priceChanges {
          productId
          cartPrice { amount }
          currentPrice { amount }
        }
      }
    }
  }
}`,
};
