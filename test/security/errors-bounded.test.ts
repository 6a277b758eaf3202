/** What a client sent comes back in errors, but not as much of it as it likes, nor as often, nor at any cost. */
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Catalog } from '../../src/stores/catalog.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createFormatError, MAX_ERRORS, ResponseTooLarge } from '../../src/graphql/errors.ts';
import { createLog } from '../../src/process/log.ts';
import { openApi } from '../api/api-client.ts';

interface Told {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}

describe('the messages of errors', () => {
  const format = createFormatError(false);
  const message = (text: string) => {
    const error = new GraphQLError(text, { extensions: { code: 'BAD_USER_INPUT' } });
    return format(error.toJSON(), error).message;
  };

  it('lose their suggestions, however often a client writes what these begin with', () => {
    expect(message('Unknown type "Xint". Did you mean "Int"?')).toBe('Unknown type "Xint".');
    expect(message('"Did you mean x"?; no. Did you mean "a", "b", or "c"?')).toBe('"Did you mean x"?; no.');
    expect(message('Did you mean it?')).toBe('');
    expect(message('Did you mean it')).toBe('Did you mean it');
    // Half an hour in quadratic time.
    const much = 'Did you mean ?'.repeat(1_000_000);
    expect(message(`${much}!`).length).toBe(601);
    expect(message(much).length).toBe(601);
  });

  it('are shortened in their middle', () => {
    const text = `Variable "$a" got invalid value "${'x'.repeat(98_000)}"; Int cannot represent it.`;
    expect(message(text)).toMatch(/^Variable "\$a" got invalid value "x+…x+"; Int cannot represent it\.$/);
    expect(message('x'.repeat(600))).toBe('x'.repeat(600));
  });

  it('of an answer that is too large say whether a change was made', () => {
    const told = (changed: boolean) => {
      const error = new GraphQLError('', { originalError: new ResponseTooLarge(1_000, changed) });
      return format({ ...error.toJSON(), message: error.originalError?.message ?? '' }, error);
    };
    expect(told(false)).toEqual({
      message: 'The answer would have more than 1000 bytes; ask for less at once.',
      extensions: { code: 'RESPONSE_TOO_LARGE' },
    });
    expect(told(true)).toMatchObject({
      message:
        'The mutation was run, and its changes stand, but its answer would have more than 1000 bytes; read the cart with fewer fields.',
      extensions: { code: 'RESPONSE_TOO_LARGE', changed: true },
    });
  });
});

describe('errors in production', () => {
  const api = openApi('postgres', { products: 3 });

  async function open(replace: Partial<Catalog> = {}) {
    const { stores } = api.app;
    const config = loadConfig({
      NODE_ENV: 'production',
      SHUTDOWN_DELAY_SECONDS: '0',
      DATABASE_URL: 'postgres://a/b',
      ALLOW_UNAUTHENTICATED: 'true',
      REQUEST_TIMEOUT_MS: '20000',
    });
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    const catalog = { ...stores.catalog, ...replace };
    const app = await createApp(
      config,
      { ...stores, catalog, close: () => Promise.resolve() },
      Date.now,
      log,
    );
    const { port } = await app.listen(0, '127.0.0.1');
    /** @param variables as JSON where they are a text */
    const run = async (query: string, variables: object | string = {}) => {
      const json = typeof variables === 'string' ? variables : JSON.stringify(variables);
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":${JSON.stringify(query)},"variables":${json}}`,
      });
      const text = await answer.text();
      const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: Told[] };
      return { status: answer.status, text, data, errors };
    };
    return { run, lines, close: () => app.close() };
  }

  it('of variables cost no more than they are long, and repeat little of them', async () => {
    const { run, close } = await open();
    const query = 'query ($first: Int!) { products(first: $first) { nodes { id } } }';
    for (const text of ['Did you mean ', '?', 'Did you mean ?', ' Did you mean x?\n'])
      for (const end of ['', '?', '\n', '!']) {
        const first = text.repeat(Math.floor(98_000 / (text.length + 1))).slice(0, 90_000) + end;
        const { errors, text: answer } = await run(query, { first });
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
        expect(answer.length).toBeLessThan(2_000);
      }
    const unknown = Object.fromEntries(Array.from({ length: 1_400 }, (_, at) => [`property${at}`, at]));
    const input = 'mutation ($input: CreateCartInput!) { createCart(input: $input) { cart { id } } }';
    const { errors, text, data } = await run(input, { input: unknown });
    // Five of them, and that there are more.
    expect(errors).toHaveLength(6);
    expect(text.length).toBeLessThan(5_000);
    expect(data).toBeUndefined();
    await close();
  });

  it('of documents repeat little of them', async () => {
    const { run, close } = await open();
    for (const query of [
      `{ ${'x'.repeat(29_000)} }`,
      `{ products(first: "${'Did you mean ?'.repeat(2_000)}") { nodes { id } } }`,
      `{ products(first: 1 "${'x'.repeat(29_000)}") { nodes { id } } }`,
      `{ products(first: 1) { nodes { ${Array.from({ length: 400 }, (_, at) => `x${at}`).join(' ')} } } }`,
      `${Array.from({ length: 300 }, () => '\n'.repeat(6)).join(' x ')} {`,
    ]) {
      const { errors, text } = await run(query);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.length).toBeLessThanOrEqual(11);
      expect(text.length).toBeLessThan(10_000);
    }
    await close();
  });

  it('in a hundred places are told twenty times, and counted', async () => {
    const { run, close } = await open();
    const { id } = await api.create();
    const ids = JSON.stringify(Array(100).fill(id));
    const lines = '\n'.repeat(1_900);
    const { status, errors, data } = await run(
      `{ carts(ids: ${ids}) {${lines} item(productId: "no number") { id } a: item(productId: "no one") { id } } }`,
    );
    expect(status).toBe(200);
    expect(data).toEqual({ carts: Array(100).fill({ item: null, a: null }) });
    expect(errors).toHaveLength(MAX_ERRORS + 1);
    expect(errors.slice(0, 2)).toMatchObject([
      { path: ['carts', 0, 'item'], locations: [{ line: 1_901, column: 2 }] },
      { path: ['carts', 0, 'a'] },
    ]);
    expect(errors.at(-1)).toEqual({
      message: '180 more errors are left out.',
      extensions: { code: 'ERRORS_LEFT_OUT', leftOut: 180 },
    });
    await close();
  });

  it('of variables that are nested too deep name the limit', async () => {
    const { run, close } = await open();
    const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const query = 'query ($a: [ID!]!) { carts(ids: $a) { id } }';
    const { status, errors } = await run(query, nested(2_900));
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: 'variables may have at most 20 levels of lists and objects, but have more.',
        extensions: { code: 'OPERATION_LIMIT_EXCEEDED' },
      },
    ]);
    // As deep as allowed it is refused for what it is.
    expect((await run(query, nested(19))).errors[0]?.message).toMatch(/^Variable "\$a" got invalid value/);
    await close();
  });

  it('of a catalogue that cannot be asked leave priceChanges null, and one line in the log', async () => {
    const { run, lines, close } = await open({ findMany: () => Promise.reject(new Error('no catalogue')) });
    const { id } = await api.create({ items: [{ productId: 1, quantity: 1 }] });
    const other = await api.create({ items: [{ productId: 2, quantity: 1 }] });
    const { data, errors } = await run(
      `{ carts(ids: ["${id}", "${other.id}"]) { priceChanges { productId } } }`,
    );
    expect(data).toEqual({ carts: [{ priceChanges: null }, { priceChanges: null }] });
    expect(errors).toEqual([]);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'error', path: 'priceChanges', err: { message: 'no catalogue' } },
    ]);
    await close();
  });
});
