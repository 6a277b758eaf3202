/** What is asked of the endpoint and of stock Apollo: operations, sent as POST by staff. */
import { itemId } from '../../src/cart/item-key.ts';
import { BROKEN, BROKEN_PRODUCT, CART, CUSTOMER, ENGRAVED, NOBODYS } from '../support/parity-data.ts';
import type { Question } from '../support/parity-request.ts';

export const get = (fields: string) => `query Get($id: ID!) { cart(id: $id) { ${fields} } }`;
export const id = { id: CART };
const money = '{ amount currency }';
const all = `id customerId status itemCount version createdAt updatedAt expiresAt orderId mergedIntoCartId note
  attributes { key value } totalAmount ${money} priceChanges { itemId productId cartPrice ${money} currentPrice ${money} }
  items { id productId attributes { key value } productName quantity unitPrice ${money} lineTotal ${money} product { id name category imageUrl url } }
  item(productId: 2) { id quantity }`;

const change = (name: string, input: string, fields: string) =>
  `mutation Change($input: ${input}!) { ${name}(input: $input) { ${fields} userErrors {
    __typename code message field
    ... on ProductError { productId } ... on LimitError { limit limited: productId }
    ... on ItemError { itemId item: productId }
    ... on VersionConflictError { currentVersion } ... on TotalMismatchError { currentTotal ${money} }
  } } }`;
const adding = change('addCartItems', 'AddCartItemsInput', `cart { ${all} }`);
const add = (productId: number, quantity: number, more = {}): Question => ({
  query: adding,
  variables: { input: { cartId: CART, items: [{ productId, quantity }], ...more } },
});

const longList = (alias: string) =>
  `${alias}: customerCarts(customerId: 7, first: $n) { nodes { items { id product { id } } } }`;

export const operations: Record<string, Question> = {
  'every field of a cart': { query: get(all), variables: id },
  'an item by its id': {
    query:
      'query Get($id: ID!, $item: ID) { cart(id: $id) { item(id: $item) { id quantity attributes { value } } } }',
    variables: { ...id, item: itemId(CART, { productId: '3', attributes: ENGRAVED }) },
  },
  'an item of which there are several': { query: get('item(productId: 3) { id }'), variables: id },
  'an item by both names': {
    query: get(`item(productId: 3, id: "${CART}:3") { id }`),
    variables: id,
  },
  'an item by none': { query: get('item { id }'), variables: id },
  'several products': {
    query: 'query ($ids: [ID!]!) { productsById(ids: $ids) { id name price { amount } url } }',
    variables: { ids: ['SKU-1', 2, 'nobody’s'.slice(0, 6), 2] },
  },
  'products with a malformed id': { query: '{ productsById(ids: ["a", "b~"]) { id } }' },
  'a cart that nobody has': { query: get(all), variables: { id: NOBODYS } },
  'an id that is a number': { query: get('id'), variables: { id: 12 } },
  'literals in place of variables': { query: `{ cart(id: "${CART}") { id item(productId: 1) { id } } }` },
  'several carts': {
    query: `query ($ids: [ID!]!) { carts(ids: $ids) { id items { id } } }`,
    variables: { ids: [CART, NOBODYS, CART] },
  },
  'pages with defaults': {
    query: `query ($c: ID!, $n: Int = 2) { customerCarts(customerId: $c, first: $n) {
      edges { cursor node { id } } nodes { id } pageInfo { hasNextPage endCursor } }
      products(first: $n) { nodes { id name price ${money} } } }`,
    variables: { c: CUSTOMER },
  },
  'a filter by an enum': {
    query: `query ($s: CartStatus) { customerCarts(customerId: 7, status: $s) { nodes { id status } } }`,
    variables: { s: 'ACTIVE' },
  },
  'aliases, also of the same field': {
    query: `query Get($id: ID!) { a: cart(id: $id) { x: id y: id t: totalAmount { n: amount } }
      b: cart(id: $id) { one: item(productId: 1) { q: quantity } two: item(productId: 2) { q: quantity } } }`,
    variables: id,
  },
  'an alias like a property of all objects': {
    query: get('constructor: id toString: version hasOwnProperty: status'),
    variables: id,
  },
  'the alias __proto__': { query: get('__proto__: id version'), variables: id },
  'fragments, nested and merged': {
    query: `query Get($id: ID!) { cart(id: $id) { ...A ...B items { id } ... on Cart { items { quantity } } } }
      fragment A on Cart { id ...B items { productId } } fragment B on Cart { version totalAmount { amount } }`,
    variables: id,
  },
  __typename: {
    query: `query Get($id: ID!) { __typename cart(id: $id) { __typename items { __typename t: __typename } } }`,
    variables: id,
  },
  ...Object.fromEntries(
    [true, false].flatMap((yes) =>
      [true, false].map((no) => [
        `directives with ${yes} and ${no}`,
        {
          query: `query Get($id: ID!, $yes: Boolean!, $no: Boolean = false) { cart(id: $id) {
            id @include(if: $yes) version @skip(if: $no) ...F @skip(if: $yes)
            ... @include(if: $no) { itemCount items { id @skip(if: $no) } } ...F
            items @include(if: $yes) { quantity } status @include(if: $yes) @skip(if: $no) } }
            fragment F on Cart { createdAt totalAmount @include(if: $yes) { amount } }`,
          variables: { ...id, yes, no },
        },
      ]),
    ),
  ),
  'directives with literals': { query: get('id @skip(if: true) version @include(if: true)'), variables: id },
  'a missing variable': { query: get('id') },
  'a variable of the wrong type': { query: get('id'), variables: { id: { not: 'an id' } } },
  'null for a variable that must not be': { query: get('id'), variables: { id: null } },
  'variables too many': { query: get('id'), variables: { ...id, other: 1 } },
  'a null that only shows when it runs': {
    query: `query ($n: Int = 3) { products(first: $n) { nodes { id } } }`,
    variables: { n: null },
  },
  'an input with unknown and missing fields': { query: adding, variables: { input: { cart: CART } } },
  'a refused scalar': {
    query: `mutation ($input: CheckoutCartInput!) { checkoutCart(input: $input) { orderId } }`,
    variables: { input: { cartId: CART, expectedTotal: 12.5 } },
  },
  'a malformed id': { query: get('id'), variables: { id: 'nonsense' } },
  'partial errors': {
    query: `query ($id: ID!, $broken: ID!) { good: cart(id: $id) { id } bad: cart(id: $broken) { id }
      worse: cart(id: "nonsense") { id } }`,
    variables: { ...id, broken: BROKEN },
  },
  'a failing store': { query: get('id'), variables: { id: BROKEN } },
  'a failing store, on a line of its own': {
    query: 'query Get($id: ID!) {\r\n  version: __typename\n\r\n  cart(\n    id: $id\n  ) { id }\n}',
    variables: { id: BROKEN },
  },
  'a failure below a list': {
    query: `query ($id: ID!, $p: ID!) { cart(id: $id) { items { product { name } } item(productId: $p) { id } } }`,
    variables: { ...id, p: 'x' },
  },
  'a failing catalogue': {
    query: `query ($p: ID!) { product(id: $p) { name } }`,
    variables: { p: BROKEN_PRODUCT },
  },
  'a failing field that must not be null': {
    query: `query ($ids: [ID!]!) { carts(ids: $ids) { id } products(first: 1000) { nodes { id } } }`,
    variables: { ids: [CART] },
  },
  'too many ids': {
    query: `query ($ids: [ID!]!) { carts(ids: $ids) { id } }`,
    variables: { ids: Array.from({ length: 101 }, () => CART) },
  },
  'a syntax error': { query: 'query { cart(' },
  'an unknown field': { query: get('identity'), variables: id },
  'an unused variable': { query: 'query ($a: Int) { products { nodes { id } } }' },
  'fields in conflict': { query: get('a: id a: version'), variables: id },
  'too many tokens': { query: `{ ${'a: __typename '.repeat(700)} }` },
  'a list that may be short, and is too long with its variables': {
    query: `query ($n: Int) { ${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(longList).join(' ')} }`,
    variables: { n: 100 },
  },
  'an empty document': { query: '' },
  'no query': { variables: {} },
  'several faults in a document': { query: '{ products { edges { node id } } nothing }' },
  'too many root fields': { query: `{ ${'products { nodes { id } } '.repeat(11)} }` },
  'several operations, one chosen': {
    query: `query A { products(first: 1) { nodes { id } } } query B { products(first: 2) { nodes { name } } }`,
    operationName: 'B',
  },
  'several operations, none chosen': { query: 'query A { __typename } query B { __typename }' },
  'an operation that is not there': { query: 'query A { __typename }', operationName: 'C' },
  'introspection, which is off': { query: '{ __schema { types { name } } }' },
  'a batch': [{ query: '{ __typename }' }] as Question,
  'a subscription': { query: 'subscription { cart }' },
};

/** In this order: each finds the cart as the ones before have left it. */
export const changes: Record<string, Question> = {
  'a change': add(4, 2),
  'a change with a key': add(4, 2, { idempotencyKey: 'k1' }),
  'a key used again': add(5, 1, { idempotencyKey: 'k1' }),
  'a refused change, with its data': add(4, 9999),
  'several faults of several kinds': {
    query: adding,
    variables: {
      input: { cartId: CART, items: [77, 4, 5].map((productId) => ({ productId, quantity: -1 })) },
    },
  },
  'an old version': add(4, 1, { expectedVersion: 1 }),
  'the same product twice': {
    query: adding,
    variables: { input: { cartId: CART, items: [1, 1].map((productId) => ({ productId, quantity: 1 })) } },
  },
  'several changes, in order, one of them broken': {
    query: `mutation ($a: AddCartItemsInput!, $b: ClearCartInput!, $c: UpdateCartItemsInput!) {
      first: addCartItems(input: $a) { cart { version itemCount } userErrors { code } }
      second: clearCart(input: $b) { cart { version } }
      third: updateCartItems(input: $c) { cart { version items { id quantity } } userErrors { code message } }
      fourth: addCartItems(input: $a) { cart { version itemCount } } }`,
    variables: {
      a: { cartId: CART, items: [{ productId: 5, quantity: 3 }] },
      b: { cartId: BROKEN },
      c: { cartId: CART, items: [{ productId: 5, quantity: 1 }] },
    },
  },
  'an item with attributes, and one of its product': {
    query: adding,
    variables: {
      input: {
        cartId: CART,
        items: [
          { productId: 'SKU-1', quantity: 1 },
          { productId: 'SKU-1', quantity: 2, attributes: [{ key: 'wrap', value: 'red' }] },
        ],
      },
    },
  },
  'an ambiguous product': {
    query: change('updateCartItems', 'UpdateCartItemsInput', `cart { ${all} }`),
    variables: { input: { cartId: CART, items: [{ productId: 'SKU-1', quantity: 3 }] } },
  },
  'items removed by their ids': {
    query: change('removeCartItems', 'RemoveCartItemsInput', `cart { ${all} }`),
    variables: { input: { cartId: CART, itemIds: [`${CART}:SKU-1`, `${CART}:77`] } },
  },
  'items replaced': {
    query: change('replaceCartItems', 'ReplaceCartItemsInput', `cart { ${all} }`),
    variables: { input: { cartId: CART, items: [{ productId: 2, quantity: 5, attributes: [] }] } },
  },
  'what is said of a cart': {
    query: change('updateCart', 'UpdateCartInput', `cart { ${all} }`),
    variables: { input: { cartId: CART, note: null, attributes: [{ key: 'b', value: '1' }] } },
  },
  'attributes that are malformed': {
    query: change('updateCart', 'UpdateCartInput', 'cart { id }'),
    variables: { input: { cartId: CART, attributes: [{ key: '', value: '1' }] } },
  },
  'new products': {
    query: change('upsertProducts', 'UpsertProductsInput', 'products { id name price { amount } brand url }'),
    variables: {
      input: { products: [{ id: 'SKU-2', name: 'Ünïcödé', price: '1.5', brand: null, url: '/p/2' }] },
    },
  },
  'a new product with too many digits': {
    query: change('upsertProducts', 'UpsertProductsInput', 'products { id }'),
    variables: { input: { products: [{ id: 'SKU-2', name: 'x', price: '1.505' }] } },
  },
  'products withdrawn': {
    query: change('withdrawProducts', 'WithdrawProductsInput', 'withdrawnProductIds'),
    variables: { input: { productIds: ['SKU-2', 'never-sold'] } },
  },
  'a change of a cart that nobody has': {
    query: change('deleteCart', 'DeleteCartInput', 'deletedCartId'),
    variables: { input: { cartId: NOBODYS } },
  },
  'a new cart': {
    query: change('createCart', 'CreateCartInput', `cart { ${all} }`),
    variables: { input: { customerId: 3, items: [{ productId: 6, quantity: 2 }] } },
  },
};
