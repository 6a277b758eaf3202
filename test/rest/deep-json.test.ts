/** JSON that is nested thousands of levels deep is bad input like any other, wherever it stands. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../support/test-app.ts';

const LEVELS = 16_000;
const deep = {
  lists: '['.repeat(LEVELS) + ']'.repeat(LEVELS),
  objects: `${'{"a":'.repeat(LEVELS)}1${'}'.repeat(LEVELS)}`,
};

describe.each(Object.entries(deep))('%s in each other', (_what, value) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp('postgres');
  });
  afterAll(() => app.close());

  const post = async (path: string, body: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(app.url + path, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  };

  test.each([
    ['a body', value],
    ['a property', `{"customer_id":${value}}`],
    ['an unknown property', `{"x":${value}}`],
  ])('as %s of REST', async (_where, body) => {
    const { status, text } = await post('/shopping-carts', body);
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(200);
  });

  test.each([
    ['a body', value],
    ['a query', `{"query":${value}}`],
    ['a name', `{"query":"{__typename}","operationName":${value}}`],
    ['a persisted query', `{"query":"{__typename}","extensions":{"persistedQuery":${value}}}`],
    ['an id', `{"query":"query($v:ID!){cart(id:$v){id}}","variables":{"v":${value}}}`],
    ['a list', `{"query":"query($v:[ID!]!){carts(ids:$v){id}}","variables":{"v":${value}}}`],
    [
      'an input',
      `{"query":"mutation($v:CreateCartInput!){createCart(input:$v){cart{id}}}","variables":{"v":${value}}}`,
    ],
    [
      'a choice',
      `{"query":"query($v:CartStatus){customerCarts(customerId:1,status:$v){nodes{id}}}","variables":{"v":${value}}}`,
    ],
    [
      'a decimal',
      `{"query":"mutation($v:Decimal){checkoutCart(input:{cartId:1,expectedTotal:$v}){orderId}}","variables":{"v":${value}}}`,
    ],
  ])('as %s of GraphQL', async (_where, body) => {
    // As often as it takes for an operation to be one that comes again.
    for (let n = 0; n < 4; n += 1) {
      const { status, text } = await post('/graphql', body);
      expect([200, 400]).toContain(status);
      expect(text).toMatch(/"code":"(BAD_REQUEST|BAD_USER_INPUT|OPERATION_LIMIT_EXCEEDED)"/);
      expect(text.length).toBeLessThan(400);
    }
  });
});
