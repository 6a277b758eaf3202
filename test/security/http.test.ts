import { auditServer } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { openApi } from '../api/api-client.ts';

/** Audits that do not pass, with the reason. All three are optional (MAY). */
const exceptions: Record<string, string> = {
  '5A70':
    'a GET without a header that only scripts can set is refused, since any site can make a browser send it',
  D6D5: 'the same, with variables',
  '6A70': 'the same, with variables',
};

describe('GraphQL over HTTP', () => {
  const api = openApi('postgres');
  const send = (init: RequestInit & { search?: string }) =>
    fetch(`${api.app.url}/graphql${init.search ?? ''}`, init);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    send({
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const query = '{ __typename }';

  it('passes the audits of graphql-http but for what CSRF prevention forbids', async () => {
    const results = await auditServer({ url: `${api.app.url}/graphql` });
    expect(results).toHaveLength(61);
    const failed = results.filter(({ status }) => status !== 'ok');
    expect(Object.fromEntries(failed.map(({ id, status, name }) => [id, `${status}: ${name}`]))).toEqual(
      Object.fromEntries(
        Object.keys(exceptions).map((id) => [id, expect.stringMatching(/^notice: MAY /) as string]),
      ),
    );
  });

  it.each([
    [
      'an operation that is not there',
      { query: 'query A { __typename }', operationName: 'C' },
      'Unknown operation named "C".',
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'one of several, unnamed',
      { query: 'query A { __typename } query B { __typename }' },
      'Must provide operation name if query contains multiple operations.',
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'a text with the hash of another',
      { query, extensions: { persistedQuery: { version: 1, sha256Hash: 'f00d' } } },
      'provided sha does not match query',
      'BAD_REQUEST',
    ],
    [
      'a version of persisted queries that is none',
      { extensions: { persistedQuery: { version: 2, sha256Hash: 'f00d' } } },
      'Unsupported persisted query version',
      'BAD_REQUEST',
    ],
  ])('says what is wrong with a request for %s', async (_what, request, message, code) => {
    const answer = await post(request);
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { errors: [expect.objectContaining({ message, extensions: { code } })] },
    ]);
  });

  it('answers a GET with a header of a script’s own', async () => {
    const headers = { 'apollo-require-preflight': '1' };
    const answer = await send({ search: `?query=${encodeURIComponent(query)}`, headers });
    expect([answer.status, await answer.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it.each([
    ['a GET of nothing', {}, 400],
    ['a GET of nothing by a script', { headers: { 'apollo-require-preflight': '1' } }, 400],
    ['a simple GET, as any site can cause it', { search: '?query={__typename}' }, 400],
    ['a form', { method: 'POST', body: new URLSearchParams({ query }) }, 415],
    ['plain text, as any site can send it', { method: 'POST', body: JSON.stringify({ query }) }, 415],
    ['no content type', { method: 'POST', body: Buffer.from(JSON.stringify({ query })) }, 415],
    ['a method of REST', { method: 'PUT', body: '{}', headers: { 'content-type': 'application/json' } }, 405],
    ['HEAD', { method: 'HEAD' }, 405],
    ['OPTIONS', { method: 'OPTIONS' }, 405],
    [
      'a page',
      { headers: { accept: 'text/html', 'apollo-require-preflight': '1' }, search: '?query={__typename}' },
      406,
    ],
  ] satisfies [string, RequestInit & { search?: string }, number][])(
    'refuses %s',
    async (_what, init: RequestInit & { search?: string }, status) => {
      const answer = await send(init);
      expect(answer.status).toBe(status);
      if (status === 405) expect(answer.headers.get('allow')).toBe('GET, POST');
      if (init.method !== 'HEAD')
        expect(await answer.json()).toMatchObject({ errors: [{ message: /./ as never }] });
    },
  );

  it.each([
    ['another charset', { 'content-type': 'application/json; charset=latin1' }, 415],
    ['a compressed body', { 'content-encoding': 'gzip' }, 415],
    ['an answer of another type', { accept: 'text/csv' }, 406],
    ['an answer in parts', { accept: 'multipart/mixed' }, 406],
  ])('refuses %s', async (_what, headers, status) => {
    expect((await post({ query }, headers)).status).toBe(status);
  });

  it.each([
    ['a batch', [{ query }], 400],
    ['an empty batch', [], 400],
    ['half of a document', '{"query":', 400],
    ['null', 'null', 400],
    ['a number', '1', 400],
    ['text', '"{ __typename }"', 400],
    ['nothing', '', 400],
    ['no query', { variables: {} }, 400],
    ['variables as text', { query, variables: '{}' }, 400],
    [
      'an unknown operation',
      { query: 'query A { __typename } query B { __typename }', operationName: 'C' },
      400,
    ],
  ])('refuses %s', async (_what, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{}] });
  });

  it('makes no change that it then cannot answer', async () => {
    const create = { query: 'mutation { createCart(input: { customerId: 77 }) { cart { id } } }' };
    expect((await post(create, { accept: 'text/html' })).status).toBe(406);
    const get = await send({
      search: `?query=${encodeURIComponent(create.query)}`,
      headers: { 'apollo-require-preflight': '1' },
    });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const left = await post({ query: '{ customerCarts(customerId: 77) { nodes { id } } }' });
    expect(await left.json()).toEqual({ data: { customerCarts: { nodes: [] } } });
  });

  it('refuses under the media type that the client prefers', async () => {
    const typeFor = async (accept: string) => {
      const answer = await post({ query: ' '.repeat(100_001) }, { accept });
      expect(answer.status).toBe(413);
      return answer.headers.get('content-type');
    };
    const [json, graphql] = ['application/json', 'application/graphql-response+json'];
    for (const accept of [graphql, `${graphql}, ${json};q=0.9`, `${json};q=0.1, ${graphql}`])
      expect(await typeFor(accept), accept).toBe(`${graphql}; charset=utf-8`);
    for (const accept of [
      '*/*',
      json,
      `${json}, ${graphql}`,
      `text/html, ${graphql};q=0`,
      `${graphql}${',"'.repeat(999)}`,
    ])
      expect(await typeFor(accept), accept).toBe(`${json}; charset=utf-8`);
  });

  it('sends security headers and a request id with every answer', async () => {
    for (const path of ['/graphql', '/livez', '/nowhere']) {
      const { headers } = await fetch(api.app.url + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-request-id')).toMatch(/./);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

describe('calls from other sites', () => {
  const api = openApi('postgres', { env: { CORS_ORIGINS: 'https://shop.example, http://localhost:3000' } });
  const preflight = (origin: string, asked?: string) =>
    fetch(`${api.app.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        ...(asked !== undefined && { 'access-control-request-headers': asked }),
      },
    });

  it('are allowed to those configured', async () => {
    const asked = await preflight('https://shop.example');
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    const { headers } = await fetch(`${api.app.url}/livez`, { headers: { origin: 'http://localhost:3000' } });
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(headers.get('vary')).toBe('origin');
  });

  it('may have the headers that clients and tracing bring, and none that is no header', async () => {
    const allowed = async (asked: string) =>
      (await preflight('https://shop.example', asked)).headers.get('access-control-allow-headers');
    for (const name of [
      'apollographql-client-name',
      'x-apollo-operation-id',
      'traceparent',
      'tracestate',
      'baggage',
      'sentry-trace',
    ])
      expect(await allowed(`content-type,${name}`)).toBe(`content-type, ${name}`);
    for (const odd of ['a b', 'a,,b', 'ä', '*/*', `x${',y'.repeat(600)}`])
      expect(await allowed(odd), odd).toMatch(/^authorization, content-type, /);
    const stranger = await preflight('https://evil.test', 'traceparent');
    expect(stranger.headers.get('access-control-allow-headers')).toBeNull();
  });

  it('are not allowed to anybody else', async () => {
    for (const origin of ['https://shop.example.evil.test', 'http://shop.example', 'null']) {
      const asked = await preflight(origin);
      expect(asked.status).toBe(405);
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
      expect(asked.headers.get('vary')).toBe('origin');
    }
  });
});
