/** Ready-made operations that read. */
import type { PlaygroundExample } from './playground-example.ts';

export const getCart: PlaygroundExample = {
  name: 'GetCart',
  variables: { id: '{{cartId}}' },
  query: `# A cart with all that is in it. unitPrice is the price when
# the product was added, product.price the catalogue's now.
query GetCart($id: ID!) {
  cart(id: $id) {
    id
    status
    version
    note
    items {
      id
      productName
      attributes { key value }
      unitPrice { amount currency }
      quantity
      lineTotal { amount currency }
      product {
        name
        brand
        category
        description
        price { amount currency }
      }
    }
    itemCount
    totalAmount { amount currency }
    priceChanges {
      productId
      cartPrice { amount }
      currentPrice { amount }
    }
    updatedAt
    expiresAt
  }
}`,
};

export const getCarts: PlaygroundExample = {
  name: 'GetCarts',
  variables: { ids: ['{{cartId}}', '{{guestCartId}}'] },
  query: `# Several carts in one request, in the order asked for;
# null in the place of a cart that is not there.
query GetCarts($ids: [ID!]!) {
  carts(ids: $ids) {
    id
    customerId
    status
    itemCount
    totalAmount { amount currency }
  }
}`,
};

export const customerCarts: PlaygroundExample = {
  name: 'CustomerCarts',
  variables: { customerId: '12345', first: 5, after: null, status: 'ACTIVE' },
  query: `# A customer's carts, newest first. For the next page, give
# pageInfo.endCursor as "after".
query CustomerCarts($customerId: ID!, $first: Int!, $after: String, $status: CartStatus) {
  customerCarts(customerId: $customerId, first: $first, after: $after, status: $status) {
    nodes {
      id
      status
      itemCount
      totalAmount { amount currency }
      createdAt
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

export const products: PlaygroundExample = {
  name: 'Products',
  variables: { first: 10, after: null },
  query: `# A page of the catalogue. For the next one, give
# pageInfo.endCursor as "after".
query Products($first: Int!, $after: String) {
  products(first: $first, after: $after) {
    nodes {
      id
      name
      brand
      category
      price { amount currency }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

export const product: PlaygroundExample = {
  name: 'Product',
  variables: { id: '1' },
  query: `# One product of the catalogue, null when it is not sold.
query Product($id: ID!) {
  product(id: $id) {
    id
    name
    brand
    category
    description
    imageUrl
    url
    price { amount currency }
  }
}`,
};

export const productsById: PlaygroundExample = {
  name: 'ProductsById',
  variables: { ids: ['2', '50', 'not-sold'] },
  query: `# Several products in one request, in the order asked for;
# null in the place of one that is not sold.
query ProductsById($ids: [ID!]!) {
  productsById(ids: $ids) {
    id
    name
    price { amount currency }
  }
}`,
};

export const viewer: PlaygroundExample = {
  name: 'Viewer',
  variables: {},
  query: `# Who is asking, as far as the request shows, and a
# customer's one active cart.
query Viewer {
  viewer {
    kind
    customerId
    cart { id version itemCount totalAmount { amount currency } }
  }
}`,
};
