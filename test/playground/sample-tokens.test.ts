import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jwtEnv } from '../support/tokens.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';

const STAFF = '/playground/tokens/staff';
const CUSTOMER = '/playground/tokens/customers/12345';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-tokens-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** With headers that `fetch` does not let one set. */
function get(app: TestApp, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(app.url + path, { headers, agent: false }, (res) => {
      let body = '';
      res.on('data', (chunk: Buffer) => (body += chunk.toString()));
      res.on('end', () => {
        resolve({ status: res.statusCode ?? 0, body });
      });
    });
    sent.on('error', reject).end();
  });
}

async function listCarts(app: TestApp, token: string, customerId: string): Promise<unknown> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `{ customerCarts(customerId: "${customerId}") { nodes { id } } }` }),
  });
  return response.json();
}

describe('in development, with AUTH_MODE=jwt and no keys', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp('postgres', { env: { AUTH_MODE: 'jwt', DATA_DIR: folder } });
  });
  afterAll(() => app.close());

  const tokenFrom = async (path: string) => {
    const { status, body } = await get(app, path);
    expect(status).toBe(200);
    return (JSON.parse(body) as { token: string }).token;
  };

  it('customers and staff get tokens that the service believes', async () => {
    const mine = { data: { customerCarts: { nodes: [] } } };
    const forbidden = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
    const customer = await tokenFrom(CUSTOMER);
    expect(await listCarts(app, customer, '12345')).toEqual(mine);
    expect(await listCarts(app, customer, '67890')).toMatchObject(forbidden);
    expect(await listCarts(app, await tokenFrom(STAFF), '67890')).toEqual(mine);
  });

  it('the page is told of them', async () => {
    const { body } = await get(app, '/');
    expect(body).toContain('"auth":"jwt","tokens":{"path":"/playground/tokens/","customers":["12345",');
  });

  it('pages of other sites get none, not even under a name of their own that leads here', async () => {
    for (const headers of [{ host: 'evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const { status, body } = await get(app, STAFF, headers);
      expect([status, body]).toEqual([403, '{"message":"Tokens are given to pages of this machine only."}']);
    }
    expect((await get(app, STAFF, { host: 'localhost:8080' })).status).toBe(200);
  });

  it('nobody gets one for what is no id of a customer', async () => {
    for (const id of ['', '0', '-1', '%20', encodeURIComponent('x'.repeat(200)), '%C3%A4']) {
      expect((await get(app, `/playground/tokens/customers/${id}`)).status, id).toBe(400);
    }
    for (const path of ['', 'nobody', 'customers', 'customers/%E4']) {
      expect((await get(app, `/playground/tokens/${path}`)).status, path).toBe(404);
    }
  });
});

describe.each([
  ['in production', { NODE_ENV: 'production', SHUTDOWN_DELAY_SECONDS: '0', ...jwtEnv }],
  ['with a secret that others may know', jwtEnv],
  ['where no tokens are asked for', {}],
])('%s', (_, env) => {
  it('there are no tokens to be had', async () => {
    const app = await openTestApp('postgres', { env: { PLAYGROUND: 'true', DATA_DIR: folder, ...env } });
    for (const path of [STAFF, CUSTOMER]) expect((await get(app, path)).status, path).toBe(404);
    const { status, body } = await get(app, '/');
    expect(status).toBe(200);
    expect(body).not.toContain('"tokens"');
    await app.close();
  });
});
