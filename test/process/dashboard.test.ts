/** Every metric and every label that the dashboard's queries have, held against what running services print. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import { catalogueDatabases } from '../support/catalogue-databases.ts';
import { startDynamoDBProxy, type Fault } from '../support/dynamodb-proxy.ts';
import { post, startService, type ServiceProcess } from './service-process.ts';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

/** What a metric was printed as, with the labels that any of its series has. */
type Printed = Map<string, Set<string>>;

const printed: Printed = new Map();

beforeAll(async () => {
  for (const text of [await tellOfPostgres(), await tellOfDynamoDB()])
    for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
      const known = printed.get(name) ?? new Set();
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
      printed.set(name, known);
    }
}, 180_000);

async function start(env: Record<string, string>) {
  const metricsPort = await findFreePort();
  const service: ServiceProcess = startService({
    METRICS_PORT: String(metricsPort),
    ...env,
    // Nobody is there: what is lost is counted.
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  });
  undo.push(() => {
    service.child.kill('SIGKILL');
    return service.ended();
  });
  const url = await service.listening;
  const ask = (text: string, headers?: Record<string, string>) => post(url, text, headers);
  const make = async () =>
    /"id":"([^"]+)"/.exec(await ask('mutation { createCart(input: {}) { cart { id } } }'))?.[1] ?? '';
  const add = (cart: string, product = 1) =>
    ask(
      `mutation { addCartItems(input: { cartId: "${cart}", items: [{ productId: ${product}, quantity: 1 }] }) { userErrors { code } } }`,
    );
  const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return { url, ask, make, add, metrics };
}

/** Keys that cannot be fetched, spans that nobody takes, too many connections, and none free to the database. */
async function tellOfPostgres(): Promise<string> {
  const { env, close } = await catalogueDatabases.postgres();
  undo.push(close);
  const { url, ask, make, add, metrics } = await start({
    ...env,
    AUTH_MODE: 'jwt',
    AUTH_JWKS_URL: 'http://127.0.0.1:1/keys',
    DATABASE_POOL_SIZE: '1',
    DATABASE_CONNECT_TIMEOUT_MS: '300',
    // What waits for a lock below is given up.
    DATABASE_LOCK_TIMEOUT_MS: '1500',
    DATABASE_STATEMENT_TIMEOUT_MS: '1500',
    REQUEST_TIMEOUT_MS: '4000',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    MAX_CONNECTIONS: '10',
  });
  const cart = await make();
  await add(cart, 99_999);
  await ask('{ products(first: 1) { nodes { id } } }', { authorization: `Bearer ${TOKEN}` });
  const client = new pg.Client({ connectionString: env['DATABASE_URL'] });
  await client.connect();
  await client.query('begin; lock table carts in access exclusive mode');
  // One waits for the lock, the other for the only connection.
  await Promise.all([add(cart), ask('{ products(first: 1) { nodes { id } } }'), make()]);
  await client.end();
  await openMany(Number(new URL(url).port));
  await fetch(`${url}/readyz`);
  return vi.waitUntil(
    async () => {
      const text = await metrics();
      return /spans_total\{result="lost"\}/.test(text) && /sweeps_total/.test(text) && text;
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** Not one that anybody has signed: its key has to be looked for. */
const TOKEN = [{ alg: 'RS256', kid: 'a' }, { sub: '7' }, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** More connections than there may be: somebody is closed for others. */
async function openMany(port: number): Promise<void> {
  const sockets: Socket[] = [];
  for (let n = 0; n < 12; n += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    sockets.push(socket);
  }
  await vi.waitUntil(() => sockets.some(({ readyState }) => readyState !== 'open'), { timeout: 20_000 });
  for (const socket of sockets) socket.destroy();
}

/** An engine that is in DynamoDB's name too busy, and has met another writer. */
async function tellOfDynamoDB(): Promise<string> {
  const { env, close } = await catalogueDatabases.dynamodb();
  undo.push(close);
  const proxy = await startDynamoDBProxy(inject('dynamodbEndpoint'));
  undo.push(() => proxy.close());
  const { make, ask, metrics } = await start({
    ...env,
    WORKERS: '2',
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
  });
  const cart = await make();
  const refuse = (error: string): Fault => ({ kind: 'refuse', error });
  proxy.injectOnce(
    'PutItem',
    refuse('ProvisionedThroughputExceededException'),
    refuse('ConditionalCheckFailedException'),
    refuse('ValidationException'),
  );
  for (let n = 0; n < 3; n += 1)
    await ask(`mutation { updateCart(input: { cartId: "${cart}", note: "${n}" }) { cart { id } } }`);
  return metrics();
}

const METRIC = /\b(?:cartwright|http_server|db_client|nodejs|v8js|process)_\w+\b/g;

/** Labels of Prometheus's own, of whoever asks. */
const OF_PROMETHEUS = new Set(['job', 'instance']);

it('has what each query asks for', async () => {
  const dashboard = await readFile(new URL('../../docs/grafana-dashboard.json', import.meta.url), 'utf8');
  const texts = [...dashboard.matchAll(/"(?:expr|query|definition)": ("(?:[^"\\]|\\.)*")/g)];
  const queries = texts
    .map(([, text = '']) => JSON.parse(text) as string)
    .filter((text) => text.match(METRIC));
  expect(queries.length).toBeGreaterThan(30);
  const missing = queries.flatMap((query) => {
    const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */));
    const selectors = [...query.replace(/\bby \([^)]*\)/g, '').matchAll(/(\w+)(?:\{([^}]*)\})?/g)];
    return selectors.flatMap(([, name = '', list = '']) => {
      if (!name.match(METRIC)) return [];
      const known = printed.get(name);
      const labels = [...grouped, ...[...list.matchAll(/(\w+) *[=!]/g)].map(([, label = '']) => label)];
      const lacks = labels.filter((label) => !known?.has(label) && !OF_PROMETHEUS.has(label));
      return known && lacks.length === 0 ? [] : [`${name}{${lacks.join(', ')}} of ${query}`];
    });
  });
  expect(missing).toEqual([]);
});
