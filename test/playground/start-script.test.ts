/** Runs the page's script in a bare context, with the few browser objects that it uses, and drives its fetcher. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, it } from 'vitest';
import { examples } from '../../src/playground/examples.ts';

interface Result {
  data?: unknown;
  errors?: { message: string }[];
}
interface GraphiqlProps {
  fetcher: (params: object, options?: { headers?: Record<string, string> }) => Promise<Result>;
  storage: { length: number; clear(): void };
  defaultTabs: { query: string; variables: string }[];
}
interface Sent {
  url: string;
  headers: Record<string, string>;
  body: unknown;
}

const script = readFileSync(new URL('../../src/playground/page/start.js', import.meta.url), 'utf8');
const cartId = '7b4f9d2e-3c51-4a8e-9f60-1d2c3b4a5968';

/** Items are own properties and methods are inherited, as in a browser. */
const storageMethods = {
  getItem(this: Record<string, string>, key: string) {
    return Object.hasOwn(this, key) ? this[key] : null;
  },
  setItem(this: Record<string, string>, key: string, value: string) {
    this[key] = value;
  },
  removeItem(this: Record<string, string>, key: string) {
    Reflect.deleteProperty(this, key);
  },
};

let localStorage: Record<string, string>;
let sent: Sent[];
let reply: { status: number; type: string; text: string };

beforeEach(() => {
  localStorage = Object.create(storageMethods) as Record<string, string>;
  sent = [];
  reply = { status: 200, type: 'application/json', text: '{}' };
});

function openPage(): GraphiqlProps {
  const rendered: GraphiqlProps[] = [];
  const config = JSON.stringify({ endpoint: '/graphql', examples, storagePrefix: 'cartwright-1:' });
  runInNewContext(script, {
    localStorage,
    document: { getElementById: () => ({ textContent: config }) },
    fetch: (url: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
      sent.push({ url, headers, body: JSON.parse(body) });
      const { status, type, text } = reply;
      return Promise.resolve(new Response(text, { status, headers: { 'content-type': type } }));
    },
    GraphiQL: { Logo: 'logo' },
    React: { createElement: (_type: unknown, props: unknown) => props },
    ReactDOM: { createRoot: () => ({ render: (props: GraphiqlProps) => rendered.push(props) }) },
  });
  const [props] = rendered;
  if (!props) throw new Error('the script rendered nothing');
  return props;
}

it('opens the examples as tabs, the first one with its variables', () => {
  const { defaultTabs } = openPage();
  expect(defaultTabs.map((tab) => tab.query)).toEqual(examples.map((example) => example.query));
  expect(defaultTabs.map((tab) => JSON.parse(tab.variables) as unknown)).toEqual(
    examples.map((example) => example.variables),
  );
  expect(localStorage['cartwright-1:graphiql:query']).toBe(examples[0]?.query);
  expect(localStorage['cartwright-1:graphiql:variables']).toBe(defaultTabs[0]?.variables);
});

it('leaves the tabs of an earlier visit, and the storage of other pages, alone', () => {
  Object.assign(localStorage, {
    'cartwright-1:graphiql:tabState': '{}',
    'cartwright-1:graphiql:query': '{ mine }',
    'graphiql:query': '{ other }',
  });
  const { storage } = openPage();
  expect(localStorage['cartwright-1:graphiql:query']).toBe('{ mine }');
  expect(storage.length).toBe(2);
  storage.clear();
  expect({ ...localStorage }).toEqual({ 'graphiql:query': '{ other }' });
});

it('puts the id of the cart created last in place of its placeholder', async () => {
  const { fetcher } = openPage();
  reply.text = JSON.stringify({ data: { createCart: { cart: { id: cartId } } } });
  await fetcher({
    query: 'mutation CreateCart { x }',
    variables: { input: {} },
    operationName: 'CreateCart',
  });
  reply.text = '{"data":null}';
  const variables = { input: { cartId: '{{cartId}}', note: 'see {{cartId}}' } };
  await fetcher({ query: '{ x }', variables }, { headers: { authorization: 'Bearer abc' } });
  expect(sent[1]).toMatchObject({
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: 'Bearer abc' },
    body: { query: '{ x }', variables: { input: { cartId, note: 'see {{cartId}}' } } },
  });
});

it('says which example to run first, and sends nothing', async () => {
  const { fetcher } = openPage();
  const missing = await fetcher({ query: '{ x }', variables: { id: '{{guestCartId}}' } });
  expect(missing.errors?.[0]?.message).toContain('run GuestCart first');
  const unknown = await fetcher({ query: '{ x }', variables: { id: '{{other}}' } });
  expect(unknown.errors?.[0]?.message).toContain('"{{other}}" is not a placeholder');
  expect(sent).toEqual([]);
});

it('shows an answer that is not JSON with its status', async () => {
  reply = { status: 502, type: 'text/html', text: '<h1>Bad gateway</h1>' };
  const result = await openPage().fetcher({ query: '{ x }' });
  expect(result.errors?.[0]?.message).toBe('/graphql answered 502, not JSON: <h1>Bad gateway</h1>');
});
