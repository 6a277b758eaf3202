import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { exampleGroups, examples } from '../../../src/playground/examples.ts';
import { createModel } from '../../../src/playground/page/model.ts';
import { describeToken, endOf } from '../../../src/playground/page/token.ts';

const config = {
  endpoint: '/graphql',
  schema: '/schema.graphql',
  examples: exampleGroups,
  auth: 'jwt',
} as const;
const cartId = '7b4f9d2e-3c51-4a8e-9f60-1d2c3b4a5968';

interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: { query: string; variables: unknown; operationName?: string };
}

function openPage(kept = new Map<string, string>()) {
  const sent: Sent[] = [];
  const reply = { status: 200, type: 'application/json', text: '{}' };
  vi.stubGlobal(
    'fetch',
    (url: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
      sent.push({ url, headers, body: JSON.parse(body) as Sent['body'] });
      const { status, type, text } = reply;
      return Promise.resolve(new Response(text, { status, headers: { 'content-type': type } }));
    },
  );
  let changedElsewhere: (name: string, value: string | null) => void = () => undefined;
  const model = createModel(config, {
    get: (name) => kept.get(name) ?? null,
    set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
    },
    watch: (changed) => (changedElsewhere = changed),
  });
  const answer = () => model.state().answers.get(model.current().id);
  const example = (name: string) => examples.find((one) => one.name === name) ?? expect.fail(name);
  return {
    model,
    kept,
    sent,
    reply,
    answer,
    open: (name: string) => {
      model.openExample(example(name));
    },
    changeElsewhere: (name: string, value: string | null) => {
      changedElsewhere(name, value);
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

it('begins with the first example, and finds its tabs again', () => {
  const { model, kept, open } = openPage();
  expect(model.current()).toMatchObject({ name: examples[0]?.name, query: examples[0]?.query });
  open('GetCart');
  model.edit({ query: '{ mine }' });
  const again = openPage(kept).model;
  expect(again.state().tabs.list.map(({ query }) => query)).toEqual([examples[0]?.query, '{ mine }']);
  expect(again.current().query).toBe('{ mine }');
});

it.each(['nonsense', '{}', '{"list":[{"id":1}],"current":1}'])('begins anew where %s is kept', (tabs) => {
  expect(openPage(new Map([['tabs', tabs]])).model.current().query).toBe(examples[0]?.query);
});

it('opens an example once, and never over what somebody has changed', () => {
  const { model, open } = openPage();
  open('GetCart');
  open('CreateCart');
  open('GetCart');
  expect(model.state().tabs.list).toHaveLength(2);
  model.edit({ query: '{ mine }' });
  open('GetCart');
  expect(model.state().tabs.list).toHaveLength(3);
  for (const { id } of model.state().tabs.list) model.close(id);
  expect(model.state().tabs.list).toMatchObject([{ query: '' }]);
});

it('sends one token for all tabs, and keeps the cart for the next example', async () => {
  const { model, sent, reply, open, answer } = openPage();
  model.identify('abc', false);
  reply.text = JSON.stringify({ data: { createCart: { cart: { id: cartId } } } });
  await model.run(0);
  open('GetCart');
  reply.text = '{"data":null}';
  await model.run(0);
  expect(sent).toMatchObject([
    { url: '/graphql', headers: { authorization: 'Bearer abc' }, body: { operationName: 'CreateCart' } },
    {
      headers: { authorization: 'Bearer abc' },
      body: { operationName: 'GetCart', variables: { id: cartId } },
    },
  ]);
  expect(answer()?.text).toBe('{\n  "data": null\n}');
  model.identify('', false);
  await model.run(0);
  expect(sent[2]?.headers).not.toHaveProperty('authorization');
});

it('keeps the token where it is told to, and takes over what another window keeps', () => {
  const { model, kept, changeElsewhere } = openPage();
  model.identify('abc', false);
  expect(kept.has('token')).toBe(false);
  model.identify('abc', true);
  expect(openPage(kept).model.state()).toMatchObject({ token: 'abc', kept: true });
  model.identify('abc', false);
  expect(kept.has('token')).toBe(false);
  changeElsewhere('token', 'def');
  expect(model.state()).toMatchObject({ token: 'def', kept: true });
});

it('says what keeps an operation from being sent, and sends nothing', async () => {
  const { model, sent, answer, open } = openPage();
  open('GetCart');
  await model.run(0);
  expect(answer()?.text).toContain('run CreateCart first');
  model.edit({ query: '{', variables: '' });
  await model.run(0);
  expect(answer()?.text).toContain('Syntax Error');
  expect(sent).toEqual([]);
});

it('shows an answer that is not JSON with its status, and marks one that somebody else may get', async () => {
  const { model, reply, answer } = openPage();
  Object.assign(reply, { status: 502, type: 'text/html', text: '<h1>Bad gateway</h1>' });
  await model.run(0);
  expect(answer()?.text).toContain('/graphql answered 502, not JSON: <h1>Bad gateway</h1>');
  Object.assign(reply, {
    status: 200,
    type: 'application/json',
    text: '{"errors":[{"extensions":{"code":"FORBIDDEN"}}]}',
  });
  await model.run(0);
  expect(answer()?.denied).toBe(true);
});

it('reads the schema that the service publishes', async () => {
  const sdl = readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8');
  const { model } = openPage();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(sdl)));
  await model.loadSchema();
  expect(model.state().schema?.getQueryType()?.name).toBe('Query');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
  await model.loadSchema();
  expect(model.state().problem).toBe('The schema cannot be loaded: /schema.graphql answered 404');
});

it('reads from a token who it is of, and nothing from what is none', () => {
  const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
  expect(describeToken('')).toBe('Guest');
  expect(describeToken(token({ sub: 'anna', scope: 'openid carts:admin' }))).toBe('Staff');
  expect(describeToken(token({ scp: ['carts:admin'] }))).toBe('Staff');
  expect(describeToken(token({ sub: 'äöü|?>' }))).toBe('Customer äöü|?>');
  expect(describeToken('nonsense')).toBe('Own token');
  expect(endOf(token({ exp: 1 }))).toEqual(new Date(1000));
  expect(endOf('nonsense')).toBeUndefined();
});
