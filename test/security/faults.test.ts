import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { DeadlineExceeded } from '../../src/waiting/abortable.ts';
import { Overloaded } from '../../src/waiting/overloaded.ts';
import type { CartStore } from '../../src/stores/cart-store.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { openApi, present } from '../api/api-client.ts';
import { sendRaw } from '../support/raw-http.ts';

const SECRETS =
  'select "carts".* from carts at postgres://app:hunter2@db.internal/carts, arn:aws:dynamodb:eu-west-1:1:table/x, Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';

describe('when a database fails', () => {
  const api = openApi('postgres', { products: 5 });

  /** The service once more, over the same database but for `carts`, with what it logs. */
  async function open(replace: (carts: CartStore) => Partial<CartStore>, env: Record<string, string> = {}) {
    const { stores } = api.app;
    const config = loadConfig({
      NODE_ENV: 'production',
      SHUTDOWN_DELAY_SECONDS: '0',
      DATABASE_URL: 'postgres://a/b',
      ALLOW_UNAUTHENTICATED: 'true',
      REQUEST_TIMEOUT_MS: '20000',
      ...env,
    });
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const carts = { ...stores.carts, ...replace(stores.carts) };
    const app = await createApp(config, { ...stores, carts, close: () => Promise.resolve() }, Date.now, log);
    const { port } = await app.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${port}`;
    const run = async (query: string, variables: object = {}) => {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) as Body };
    };
    return { url, run, lines, close: () => app.close() };
  }

  /** A store that fails for one cart. */
  const failingFor =
    (id: string) =>
    (carts: CartStore): Partial<CartStore> => ({
      load: (ids, options) =>
        ids.includes(id)
          ? Promise.reject(Object.assign(new Error(`${SECRETS} for ${id}`), { row: { id }, code: 'XX000' }))
          : carts.load(ids, options),
    });

  it('one field’s fault hides nothing that another has committed, however often the operation comes', async () => {
    const [first, broken, last] = [await api.create(), await api.create(), await api.create()];
    const { run, close } = await open(failingFor(broken.id));
    const add = (alias: string) =>
      `${alias}: addCartItems(input: $${alias}) { cart { version } userErrors { code } }`;
    const query = `mutation ($a: AddCartItemsInput!, $b: AddCartItemsInput!, $c: AddCartItemsInput!) { ${['a', 'b', 'c'].map(add).join(' ')} }`;
    const input = ({ id }: { id: string }) => ({ cartId: id, items: [{ productId: 1, quantity: 2 }] });
    // An operation that comes often is compiled: the same must hold then.
    for (let time = 1; time <= 5; time += 1) {
      const { status, body } = await run(query, { a: input(first), b: input(broken), c: input(last) });
      expect(status).toBe(200);
      const done = { cart: { version: time + 1 }, userErrors: [] };
      expect(body.data).toEqual({ a: done, b: null, c: done });
      expect(body.errors).toMatchObject([{ path: ['b'], message: 'Internal server error' }]);
      expect((await api.get(first.id))?.itemCount).toBe(2 * time);
      expect((await api.get(last.id))?.itemCount).toBe(2 * time);
    }
    await close();
  });

  it('says that nothing was done and when to ask again where no connection came free', async () => {
    const { url, run, lines, close } = await open(() => ({
      commit: () => Promise.reject(new Overloaded(new Error(SECRETS))),
    }));
    const { status, body, text } = await run('mutation { createCart(input: {}) { cart { id } } }');
    expect(status).toBe(200);
    expect(body.errors?.[0]?.extensions['code']).toBe('OVERLOADED');
    const answer = await fetch(`${url}/shopping-carts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    for (const told of [text, await answer.text()]) {
      expect(told).toContain('Nothing was done; try again in a second.');
      expect(told).not.toContain('hunter2');
    }
    await close();
    expect(lines.filter((line) => line.includes('Overloaded'))).toHaveLength(2);
  });

  it('tells the client nothing but an id, under which it is logged once, without secrets', async () => {
    const { id } = await api.create();
    const { run, lines, close } = await open(failingFor(id));
    for (let time = 0; time < 4; time += 1) await run('query ($id: ID!) { cart(id: $id) { id } }', { id });
    const { text, body } = await run('query ($id: ID!) { cart(id: $id) { id } }', { id });
    expect(Object.keys(body.errors?.[0]?.extensions ?? {})).toEqual(['code', 'requestId']);
    const requestId = present(body.errors?.[0]?.extensions['requestId']);
    const logged = lines.filter((line) => line.includes(requestId));
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'error', err: { type: 'Error', code: 'XX000' }, field: 'cart' },
      { level: 'info', msg: 'request', operation: 'cart', code: 'INTERNAL_SERVER_ERROR', status: 200 },
    ]);
    for (const secret of ['select', 'hunter2', 'arn:aws', 'eyJ', 'faults.test', id]) {
      expect(text.replaceAll(requestId, '')).not.toContain(secret);
    }
    for (const secret of ['hunter2', 'eyJ', id]) expect(lines.join()).not.toContain(secret);
    await close();
  });

  it('is in the log when it gives no answer in time too, which a client is told', async () => {
    const { id } = await api.create();
    const late = () => Promise.reject(new DeadlineExceeded(7));
    const { url, run, lines, close } = await open(() => ({ load: late }));
    const { body } = await run('query ($id: ID!) { cart(id: $id) { id } }', { id });
    expect(body.errors?.[0]?.extensions['code']).toBe('DEADLINE_EXCEEDED');
    const answer = await fetch(`${url}/shopping-carts/${id}`);
    expect(answer.status).toBe(504);
    for (const requestId of [
      present(body.errors?.[0]?.extensions['requestId']),
      present(answer.headers.get('x-request-id')),
    ]) {
      const logged = lines.filter((line) => line.includes(requestId));
      expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { level: 'error', err: { type: 'DeadlineExceeded' } },
        { level: 'info', msg: 'request', code: 'DEADLINE_EXCEEDED' },
      ]);
    }
    await close();
  });

  it('in production no answer suggests a name of the schema', async () => {
    const { run, close } = await open(() => ({}));
    for (const [query, variables] of [
      ['{ cat(id: 1) { id } }', {}],
      ['{ __schema { types { name } } }', {}],
      ['{ cart(id: "1") { totalAmoun } }', {}],
      ['{ customerCarts(customerId: 1, status: ACTIV) { nodes { id } } }', {}],
      ['mutation ($i: CreateCartInput!) { createCart(input: $i) { cart { id } } }', { i: { customerI: 1 } }],
      [
        'query ($s: CartStatus) { customerCarts(customerId: 1, status: $s) { nodes { id } } }',
        { s: 'ACTIV' },
      ],
      ['query ($s: CartStatu) { __typename }', {}],
    ] as const) {
      const { text, body } = await run(query, variables);
      expect(body.errors, query).toBeDefined();
      expect(text).not.toMatch(/did you mean|stack|ACTIVE|totalAmount|customerId"/i);
    }
    const nullAsked = await run('query ($f: Int = 5) { products(first: $f) { nodes { id } } }', { f: null });
    expect(nullAsked.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await close();
  });

  it('what is too much at one time is refused at once, and nothing else is', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { url, run, close } = await open(
      (carts) => ({ load: (ids, options) => gate.then(() => carts.load(ids, options)) }),
      { MAX_IN_FLIGHT: '5' },
    );
    const { id } = await api.create();
    const ask = () => run(`{ cart(id: "${id}") { id } }`);
    const held = Array.from({ length: 5 }, ask);
    await until(async () => (await ask()).status === 503);
    const refused = await Promise.all(Array.from({ length: 500 }, ask));
    for (const { status, headers, body } of refused) {
      expect([status, headers.get('retry-after')]).toEqual([503, '1']);
      expect(body.errors?.[0]?.extensions['code']).toBe('OVERLOADED');
    }
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect((await fetch(`${url}/shopping-carts/x`)).status).toBe(503);
    release();
    for (const { body } of await Promise.all(held)) expect(body).toEqual({ data: { cart: { id } } });
    await until(async () => (await ask()).status === 200);
    await close();
  });

  it('a body that never comes is not waited for beyond the request’s time', async () => {
    const { url, close } = await open(() => ({}), { REQUEST_TIMEOUT_MS: '100' });
    const head =
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{';
    expect(await sendRaw(url, head)).toMatch(/^HTTP\/1.1 408 .*connection: close/is);
    expect(await sendRaw(url, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect(await sendRaw(url, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
    await close();
  });
});

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { extensions: Record<string, string> }[];
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 5));
}
