/** Requests with a mark wherever a client can write what it likes, and the id of a cart: neither may be found in the log. */

export const MARK = 'MARK7f3a';

/** A client may call its request after its cart. */
export function asRequestIds(id: string): string[] {
  return [id, id.toUpperCase(), id.replaceAll('-', ''), `cart:${id}`];
}

/** Of each kind one: a path, and what is sent there, if anything. */
export function requestsOf(id: string): readonly (readonly [path: string, body?: unknown])[] {
  const item = { productId: 1, quantity: 1 };
  const add =
    'mutation ($i: AddCartItemsInput!) { addCartItems(input: $i) { cart { id } userErrors { message } } }';
  return [
    ['/graphql', { query: `query ${MARK} { ${MARK}: cart(id: "${id}") { id } }` }],
    [
      '/graphql',
      { query: `mutation { createCart(input: { customerId: 7 }) { cart { id } } }`, operationName: MARK },
    ],
    ['/graphql', { query: 'mutation { createCart(input: {}) { cart { id } } }' }],
    ['/graphql', { query: add, variables: { i: { cartId: id, items: [item], idempotencyKey: MARK } } }],
    [
      '/graphql',
      { query: add, variables: { i: { cartId: id, items: [item, { ...item, productId: 99_999 }] } } },
    ],
    ['/graphql', { query: add, variables: { i: { cartId: MARK, items: [item] }, [MARK]: id } }],
    ...['raise', 'cast', 'check', 'x'].map((how) => {
      const query = 'mutation ($i: UpdateCartInput!) { updateCart(input: $i) { cart { id } } }';
      return ['/graphql', { query, variables: { i: { cartId: id, note: `${MARK} ${how}` } } }] as const;
    }),
    ['/graphql', { query: `{ ${MARK} }` }],
    ['/graphql', { query: `{ carts(customerId: 8) { nodes { id } } ${MARK}` }],
    ['/graphql', { extensions: { persistedQuery: { version: 1, sha256Hash: MARK } } }],
    ['/graphql', `${MARK} ${id}`],
    [`/graphql?query=${encodeURIComponent(`{ cart(id: "${id}") { id } }`)}&${MARK}=${id}`],
    ['/shopping-carts', { customer_id: MARK }],
    [`/shopping-carts/${id}`],
    [`/shopping-carts/${MARK}`],
    [`/shopping-carts/${id}/items`, { product_id: 1, quantity: 1 }],
    [`/shopping-carts/${id}/items`, { product_id: MARK, quantity: id }],
    [`/customers/8/shopping-carts?after=${MARK}`],
    [`/${MARK}/${id}?${MARK}`],
    ['/shopping-carts', { [MARK]: 'x'.repeat(200_000) }],
  ];
}
