import { request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleGroups as examples } from '../../src/playground/examples.ts';
import { createPlayground } from '../../src/playground/playground.ts';
import { listen, type Listening } from '../http/listen.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

const scriptEnd = '{ cart } # </script><script>alert(1)</script>';
const evil = { title: 'Evil', examples: [{ name: 'ScriptEnd', query: scriptEnd, variables: {} }] };
const options = {
  endpoint: '/graphql',
  examples,
  sdl: () => 'type Query { a: Int }\n',
  auth: 'none',
} as const;
const mounted = createPlayground({ ...options, examples: [...examples, evil] });
let server: Listening;

beforeAll(async () => {
  server = await listen({ route: mounted });
});

afterAll(() => server.close());

/** Sends the path as it stands: `fetch` would resolve its dots away. */
function send(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  const { port } = server;
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    req.on('error', reject).end();
  });
}

async function assetPaths(): Promise<string[]> {
  const { body } = await send('/');
  return [...body.matchAll(/ (?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
}

describe('the page', () => {
  it('is HTML that refers to nothing but its own assets, and has nothing inline that runs', async () => {
    const page = await send('/');
    const markup = page.body.replace(/(id="config">)[^<]*/, '$1');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(markup).not.toMatch(/ (?:src|href)="(?!\/playground\/)/);
    expect(markup).not.toMatch(/<style|<script(?![^>]*(?: src=|application\/json))| on\w+=| style=/);
  });

  it('carries the endpoint and the examples, which cannot end the element they are in', async () => {
    const { body } = await send('/?a=b');
    const config = /id="config">([^<]*)<\/script>/.exec(body)?.[1] ?? '';
    expect(JSON.parse(config)).toMatchObject({
      endpoint: '/graphql',
      auth: 'none',
      examples: [...examples, evil],
    });
    expect(body).not.toContain('<script>alert');
  });

  it('has a content security policy without unsafe or foreign sources', async () => {
    const { headers } = await send('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('the assets', () => {
  it('are all there, with their content types, cacheable for good', async () => {
    const types = new Map([
      ['js', 'text/javascript; charset=utf-8'],
      ['css', 'text/css; charset=utf-8'],
      ['svg', 'image/svg+xml'],
      ['txt', 'text/plain; charset=utf-8'],
    ]);
    const paths = await assetPaths();
    expect(paths).toHaveLength(4);
    for (const path of paths) {
      const { status, headers, body } = await send(path);
      expect(status, path).toBe(200);
      expect(headers['content-type'], path).toBe(types.get(path.split('.').at(-1) ?? ''));
      expect(headers['cache-control'], path).toContain('immutable');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(Number(headers['content-length']), path).toBe(Buffer.byteLength(body));
    }
  });

  it('answer 304 to the ETag they came with, also when a proxy has weakened it', async () => {
    for (const path of ['/', ...(await assetPaths())]) {
      const etag = String((await send(path)).headers.etag);
      for (const tag of [etag, `"other", W/${etag}`, '*']) {
        const again = await send(path, 'GET', { 'if-none-match': tag });
        expect([again.status, again.body, again.headers.etag], path).toEqual([304, '', etag]);
      }
      expect((await send(path, 'GET', { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });

  it('answer HEAD with headers alone', async () => {
    for (const path of ['/', ...(await assetPaths())]) {
      const [get, head] = [await send(path), await send(path, 'HEAD')];
      expect([head.status, head.body], path).toEqual([200, '']);
      expect(head.headers['content-length'], path).toBe(get.headers['content-length']);
    }
  });
});

describe('the schema', () => {
  it('is there in its own language, for people and for tools', async () => {
    const { status, headers, body } = await send('/schema.graphql');
    expect([status, body]).toEqual([200, options.sdl()]);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect((await send('/schema.graphql', 'GET', { 'if-none-match': String(headers.etag) })).status).toBe(
      304,
    );
  });
});

describe('requests for anything else', () => {
  it('under its prefix are 404, whatever path they try', async () => {
    const [asset = ''] = await assetPaths();
    const folder = asset.slice(0, asset.lastIndexOf('/'));
    const paths = [
      '/playground/',
      '/playground/playground.js',
      '/playground/../package.json',
      '/playground/..%2f..%2fpackage.json',
      '/playground/%2e%2e/%2e%2e/package.json',
      '/playground/..\\..\\package.json',
      `${folder}/../../../package.json`,
      `${folder}/index.html`,
      `${asset}%00.html`,
      '/playground/constructor',
      '/playground//etc/passwd',
    ];
    for (const path of paths) {
      const answer = await send(path);
      expect([answer.status, answer.body], path).toEqual([404, 'Not found\n']);
    }
  });

  it('are refused with 405 when they are neither GET nor HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await send('/', method);
      expect([answer.status, answer.headers.allow], method).toEqual([405, 'GET, HEAD']);
    }
  });

  it('outside it are left to others', () => {
    for (const path of ['/graphql', '/playgrounds', '/playground', '/livez', '//', '/index.html']) {
      expect(mounted(path), path).toBeUndefined();
    }
  });
});

it('names the argument at fault when the endpoint is not a path on the same server', () => {
  for (const endpoint of ['https://example.com/graphql', '//example.com/graphql', 'graphql', '']) {
    expect(() => createPlayground({ ...options, endpoint })).toThrow(
      `endpoint must be a path on this server, such as "/graphql", not "${endpoint}"`,
    );
  }
});

it('is found under a prefix of all paths, and so are its assets and its endpoint', async () => {
  const prefixed = await listen({
    basePath: '/shop',
    route: createPlayground({ ...options, basePath: '/shop' }),
  });
  const page = await fetch(`${prefixed.url}/shop`);
  const text = await page.text();
  expect(text).toContain('"endpoint":"/shop/graphql"');
  const paths = [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(paths).toHaveLength(4);
  for (const path of paths) expect((await fetch(prefixed.url + path)).status, path).toBe(200);
  expect((await fetch(`${prefixed.url}/`)).status).toBe(404);
  await prefixed.close();
});
