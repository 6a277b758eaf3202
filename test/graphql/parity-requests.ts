/** What is asked of the endpoint and of stock Apollo: requests that differ in more than the operation. */
import { createHash } from 'node:crypto';
import { CART } from '../support/parity-data.ts';
import type { ParityRequest, Question } from '../support/parity-request.ts';
import { get, id } from './parity-operations.ts';

type Asked = readonly [Question, ParityRequest?];

const JSON_TYPE = { 'content-type': 'application/json' };
const PREFLIGHT: Record<string, string> = { 'apollo-require-preflight': 'true' };

const search = (parameters: Readonly<Record<string, string>>) =>
  `?${new URLSearchParams(parameters).toString()}`;
const byGet = (parameters: Readonly<Record<string, string>>, headers = PREFLIGHT): Asked => [
  {},
  { method: 'GET', headers, body: '', search: search(parameters) },
];
const body = (text: string, headers: Record<string, string> = JSON_TYPE): Asked => [
  {},
  { body: text, headers },
];
const posted = (question: object): Asked => body(JSON.stringify(question));

const variables = JSON.stringify(id);
const persisted = (query: string, sha256Hash = createHash('sha256').update(query).digest('hex')) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
  variables: id,
});
const registered = get('id version');
const registeredByGet = get('version id');
const sentAsText = get('status');

/** Apollo's own type for subscriptions that call back. */
export const CALLBACK = 'application/json; callbackSpec=1.0, application/graphql-response+json;q=0.5';

const accepts = [
  'application/graphql-response+json',
  'application/json',
  '*/*',
  'application/*',
  'application/json; charset=utf-8',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json, application/graphql-response+json;q=0.9',
  'text/html',
  'multipart/mixed, application/json',
  CALLBACK,
];

/** In this order: later ones depend on what earlier ones have registered. */
export const requests: Record<string, Asked> = {
  ...Object.fromEntries(
    accepts.flatMap((accept) => {
      const request = { headers: { ...JSON_TYPE, accept } };
      return [
        [`accept ${accept}`, [{ query: get('id'), variables: id }, request]],
        [`accept ${accept}, unfitting variables`, [{ query: get('id'), variables: {} }, request]],
        [`accept ${accept}, an invalid document`, [{ query: get('nothing'), variables: id }, request]],
        [`accept ${accept}, a syntax error`, [{ query: '{' }, request]],
        [
          `accept ${accept}, a failing resolver`,
          [{ query: get('item(productId: "x") { id }'), variables: id }, request],
        ],
      ] as [string, Asked][];
    }),
  ),
  ...Object.fromEntries(
    ([{ kind: 'guest' }, { kind: 'customer', customerId: 8 }] as const).flatMap((viewer) => [
      [`a cart, as ${viewer.kind}`, [{ query: get('id'), variables: id }, { viewer }]],
      [
        `a list, as ${viewer.kind}`,
        [{ query: '{ customerCarts(customerId: 7) { nodes { id } } }' }, { viewer }],
      ],
    ]) as [string, Asked][],
  ),
  GET: byGet({ query: get('id'), variables }),
  'GET with an address that says more': [
    {},
    {
      method: 'GET',
      headers: PREFLIGHT,
      body: '',
      search: `?query={__typename}&x=+%2B%ff&variables={}&variables`,
    },
  ],
  'GET with signs that addresses encode': byGet({
    query: `query ($id: ID!) { cart(id: $id) { id } a: cart(id: "${CART}") { id } } # + % & = ü \n`,
    variables,
  }),
  'GET with content-type application/json': byGet(
    { query: get('id'), variables },
    { ...PREFLIGHT, ...JSON_TYPE },
  ),
  'GET with another content-type': byGet({ query: get('id') }, { ...PREFLIGHT, 'content-type': 'text/xml' }),
  'GET of a mutation': byGet({ query: 'mutation { __typename }' }),
  'GET of one operation of several': byGet({
    query: 'query A { __typename } mutation B { __typename }',
    operationName: 'A',
  }),
  'GET of the mutation of several': byGet({
    query: 'query A { __typename } mutation B { __typename }',
    operationName: 'B',
  }),
  'GET without a preflight': byGet({ query: get('id'), variables }, {}),
  'GET with an operation name for a preflight': byGet(
    { query: get('id'), variables },
    {
      'x-apollo-operation-name': 'Get',
    },
  ),
  'GET without a query': byGet({}),
  'GET with variables that are no JSON': byGet({ query: get('id'), variables: '{' }),
  'GET with variables that are a list': byGet({ query: get('id'), variables: '[]' }),
  'GET with two queries': [
    {},
    { method: 'GET', headers: PREFLIGHT, body: '', search: '?query=%7Ba%7D&query=%7Bb%7D' },
  ],
  'GET with a syntax error': byGet({ query: '{' }),
  PUT: [{ query: '{ __typename }' }, { method: 'PUT' }],
  'content-type with a charset': body('{"query":"{ __typename }"}', {
    'content-type': 'application/json; charset=utf-8',
  }),
  'another charset': body('{"query":"{ __typename }"}', {
    'content-type': 'application/json; charset=latin1',
  }),
  'content-type text/plain': body('{"query":"{ __typename }"}', { 'content-type': 'text/plain' }),
  'no content-type': body('{"query":"{ __typename }"}', {}),
  'no content-type, with a preflight': body('{"query":"{ __typename }"}', PREFLIGHT),
  'a body that is no JSON': body('{"query":'),
  'a body that is a text': body('"query"'),
  'a body that is null': body('null'),
  'an empty body': body(''),
  'an empty object': body('{}'),
  'a query of blanks': posted({ query: ' \n' }),
  'an operation name that is empty': posted({ query: 'query A { __typename }', operationName: '' }),
  'an operation name of a query without one': posted({ query: '{ __typename }', operationName: 'A' }),
  'keys twice': body('{"query":"{","variables":[],"query":"{ __typename }","variables":{"a":1}}'),
  'unusual keys': body('{"__proto__":{"query":"{"},"constructor":1,"query":"{ __typename }"}'),
  'variables with unusual names': body(
    '{"query":"query ($__proto__: Int, $toString: Int) { products(first: $__proto__) { nodes { id } } a: products(first: $toString) { nodes { id } } }","variables":{"__proto__":1}}',
  ),
  'variables that are false': posted({ query: '{ __typename }', variables: false }),
  'variables that are zero': posted({ query: '{ __typename }', variables: 0 }),
  'extensions that are false': posted({ query: '{ __typename }', extensions: false }),
  ...Object.fromEntries(
    [
      null,
      0,
      '',
      false,
      true,
      'x',
      [],
      {},
      { version: 1 },
      { version: '1' },
      { version: 1, sha256Hash: null },
    ].map((persistedQuery) => [
      `a text beside the persisted query ${JSON.stringify(persistedQuery)}`,
      posted({ query: '{ __typename }', extensions: { persistedQuery } }),
    ]),
  ),
  'the library of a client': posted({
    query: '{ __typename }',
    extensions: { clientLibrary: { name: 'x', version: '1' } },
  }),
  'a batch of none': body('[]'),
  'a query that is a number': posted({ query: 1 }),
  'a query that is a document': posted({ query: { kind: 'Document' } }),
  'null for all that may be absent': posted({
    query: '{ __typename }',
    variables: null,
    operationName: null,
    extensions: null,
  }),
  'variables that are a text': posted({ query: '{ __typename }', variables: '{}' }),
  'variables that are a list': posted({ query: '{ __typename }', variables: [] }),
  'an operation name that is a number': posted({ query: '{ __typename }', operationName: 1 }),
  'extensions that are a text': posted({ query: '{ __typename }', extensions: '{}' }),
  'extensions that are a list': posted({ query: '{ __typename }', extensions: [] }),
  'unknown extensions': posted({ query: '{ __typename }', extensions: { other: true } }),
  'unknown members': posted({ query: '{ __typename }', id: 'x' }),
  'a query that is empty beside a hash': posted({ ...persisted(registered), query: '' }),
  'a persisted query that nobody has registered': [persisted(registered)],
  'its registration': [{ ...persisted(registered), query: registered }],
  'a persisted query': [persisted(registered)],
  'a persisted query by GET': byGet({
    variables,
    extensions: JSON.stringify(persisted(registered).extensions),
  }),
  'a registration by GET': byGet({
    query: registeredByGet,
    variables,
    extensions: JSON.stringify(persisted(registeredByGet).extensions),
  }),
  'a persisted query of a GET': [persisted(registeredByGet)],
  'a persisted query with an invalid text': [{ ...persisted('{'), query: '{' }],
  'a hash that is not the text’s': [{ ...persisted('', '00'), query: registered }],
  'another version of persisted queries': posted({
    extensions: { persistedQuery: { version: 2, sha256Hash: '00' } },
  }),
  'a text, sent as such': [{ query: sentAsText, variables: id }],
  'the hash of a text that was sent as such': [persisted(sentAsText)],
  'markers of the compiler in a text': [{ query: `{ cart(id: "${marker()}") { id } }` }],
  'markers of the compiler in a default': [
    {
      query: `query ($id: ID = "${marker()}", $i: [ID!]!) { carts(ids: $i) { id } a: cart(id: $id) { id } }`,
      variables: { i: [CART] },
    },
  ],
};

/** What the compiler would make code of; it must never see it. */
function marker(): string {
  return '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.injected = 1';
}
