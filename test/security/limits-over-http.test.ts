import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openApi } from '../api/api-client.ts';

describe('over HTTP', () => {
  const api = openApi('postgres', { products: 10 });
  const post = (body: string) =>
    fetch(`${api.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const refused = async (query: string, message: RegExp) => {
    const answer = await post(JSON.stringify({ query }));
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] };
    const error = errors.find(({ message: text }) => message.test(text));
    expect(error, JSON.stringify(errors)).toMatchObject({ extensions: { code: 'OPERATION_LIMIT_EXCEEDED' } });
    expect(errors.length).toBeLessThanOrEqual(11);
  };

  it('what asks for too much is refused with 400, whatever the answer’s type', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, index) => `a${index}: cart(id: "1") { id }`);
    await refused(`{ ${aliases.join(' ')} }`, /more tha. 1000 tokens/);
    await refused(`{ ${aliases.slice(0, 6).join(' ')} }`, /at most 5 aliases, but has 6/);
    await refused(`{ ${aliases.slice(0, 6).join(' ')} }`, /at most 5 fields at its root, but has 6/);
    await refused(
      `{ ${'cart { '.repeat(49)} id ${'}'.repeat(49)} }`,
      /at most 8 levels of fields, but has 50/,
    );
    await refused(`{ ${'cart { '.repeat(2_000)} id ${'}'.repeat(2_000)} }`, /more tha. 1000 tokens/);
  });

  it('a body of 2 MB is refused, in one piece and in many', async () => {
    const query = `{ cart(id: "${'x'.repeat(2_000_000)}") { id } }`;
    const whole = await post(JSON.stringify({ query }));
    expect([whole.status, await whole.json()]).toEqual([
      413,
      {
        errors: [
          { message: 'The body must have at most 100000 bytes.', extensions: { code: 'BODY_TOO_LARGE' } },
        ],
      },
    ]);
    const pieces = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 20; index += 1) controller.enqueue(Buffer.alloc(100_000, ' '));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: pieces,
      duplex: 'half',
    };
    expect((await fetch(`${api.app.url}/graphql`, init as RequestInit)).status).toBe(413);
  });

  it('JSON of too many values is refused before it is parsed, in bodies and in addresses', async () => {
    const query = '{ __typename }';
    const objects = (count: number) => ({ x: Array.from({ length: count }, () => ({})) });
    const ask = async (answer: Response) => [answer.status, await answer.json()] as const;
    const refusal = (subject: string, count: number) => [
      400,
      {
        errors: [
          {
            message: `${subject} may have at most 3000 values and names, but has ${count}.`,
            extensions: { code: 'BAD_REQUEST' },
          },
        ],
      },
    ];
    const fits = [200, { data: { __typename: 'Query' } }];
    expect(await ask(await post(JSON.stringify({ query, variables: objects(2_900) })))).toEqual(fits);
    for (const name of ['variables', 'extensions', 'unknown'])
      expect(await ask(await post(JSON.stringify({ query, [name]: objects(3_000) })))).toEqual(
        refusal('The body', 3_007),
      );

    // An address has room for no more than 16 KB with all other headers.
    const get = (name: string, count: number) => {
      const value = `{"x":[${Array.from({ length: count }, () => '{}').join(',')}]}`;
      const headers = { 'apollo-require-preflight': '1' };
      return fetch(`${api.app.url}/graphql?query={__typename}&${name}=${value}`, { headers });
    };
    expect(await ask(await get('variables', 2_900))).toEqual(fits);
    for (const name of ['variables', 'extensions'])
      expect(await ask(await get(name, 3_000))).toEqual(refusal(`The parameter ${name}`, 3_003));

    const created = await fetch(`${api.app.url}/shopping-carts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer_id: 1, ...objects(3_000) }),
    });
    expect(created.status).toBe(400);
    expect(await created.json()).toEqual({
      message: 'The body must have at most 3000 values and names, but was 3005.',
    });
  });

  it('variables that fit nothing are told of five times at most', async () => {
    const query = 'mutation ($i: AddCartItemsInput!) { addCartItems(input: $i) { cart { id } } }';
    const i = Object.fromEntries(Array.from({ length: 1_400 }, (_, at) => [`k${at}`, 1]));
    const answer = await post(JSON.stringify({ query, variables: { i } }));
    const { errors } = (await answer.json()) as { errors: { message: string }[] };
    expect(errors).toHaveLength(6);
    expect(errors.at(-1)?.message).toMatch(/^Too many errors/);
  });

  it('a persisted query runs by its hash once it was sent', async () => {
    const query = '{ product(id: 1) { name } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const ask = async (body: object) => {
      const answer = await post(JSON.stringify({ extensions, ...body }));
      return (await answer.json()) as object;
    };
    expect(await ask({})).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
    expect(await ask({ query })).toHaveProperty('data.product.name', 'Widget Alpha');
    expect(await ask({})).toHaveProperty('data.product.name', 'Widget Alpha');
    expect(await ask({ query: '{ __typename }' })).toHaveProperty('errors');
  });
});
