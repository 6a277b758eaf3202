/** What a collector is sent of a service that runs by itself, on both stores, by GraphQL and REST. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openShopDatabase, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { storeTypes, type StoreType } from '../support/store-types.ts';
import { openTraceCollector, type SentSpan, type TraceCollector } from '../support/trace-collector.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

const databases = new Map<StoreType, CatalogueDatabase>();
const started: ServiceProcess[] = [];
const collectors: TraceCollector[] = [];

beforeAll(async () => {
  for (const type of storeTypes) databases.set(type, await openShopDatabase(type));
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended();
  }
  for (const collector of collectors.splice(0)) await collector.close();
});
afterAll(async () => {
  for (const database of databases.values()) await database.close();
});

async function start(store: StoreType, env: Record<string, string> = {}) {
  const collector = await openTraceCollector();
  collectors.push(collector);
  const service = startService({
    ...databases.get(store)?.env,
    REQUEST_TIMEOUT_MS: '20000',
    LOG_SAMPLE: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...env,
  });
  started.push(service);
  const url = await service.listening;
  const ask = (text: string, headers?: Record<string, string>) => query(url, text, headers);
  const stop = async () => {
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
  };
  return { collector, service, url, ask, stop };
}

type Running = Awaited<ReturnType<typeof start>>;

const add = (id: string) =>
  `mutation MARKname { addCartItems(input: { cartId: "${id}", items: [{ productId: 3, quantity: 1, attributes: [{ key: "MARKkey", value: "MARKvalue" }] }] }) { cart { id } } }`;

async function makeCart({ ask }: Running): Promise<string> {
  const { createCart } = await ask('mutation { createCart(input: {}) { cart { id } } }');
  return (createCart?.['cart'] as { id: string }).id;
}

const W3C = { trace: 'ab'.repeat(16), parent: 'cd'.repeat(8) };
const AWS = { time: '5759e988', rest: 'bd862e3fe1be46a994272793' };

/** The span that another stands in; undefined for the request's own. */
const parentOf = (spans: readonly SentSpan[], span: SentSpan) =>
  spans.find(({ spanId }) => spanId === span.parentSpanId);

const wayOf = (spans: readonly SentSpan[], span: SentSpan | undefined): string[] =>
  span ? [span.name, ...wayOf(spans, parentOf(spans, span))] : [];

describe.each([
  ['postgres', 'load_carts', 'update_carts'],
  ['dynamodb', /^GetItem .*carts$/, /^PutItem /],
] as const)('on %s', (store, load, commit) => {
  it('a request is told from its head to its statements, and to the end of the process', async () => {
    const running = await start(store, {
      OTEL_SERVICE_NAME: 'shop-carts',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-of-collector=yes',
    });
    const { collector, url, ask, stop, service } = running;
    const id = await makeCart(running);
    await ask(add(id), { traceparent: `00-${W3C.trace}-${W3C.parent}-01` });
    const rest = await fetch(`${url}/shopping-carts/${id}`, {
      headers: { 'x-amzn-trace-id': `Root=1-${AWS.time}-${AWS.rest}`, 'x-request-id': 'r-1' },
    });
    expect(rest.status).toBe(200);
    await fetch(`${url}/shopping-carts/${id}`, {
      headers: { traceparent: `00-${'ef'.repeat(16)}-${W3C.parent}-00` },
    });
    await fetch(`${url}/health`);
    await stop();

    const { spans } = collector;
    const of = (trace: string) => spans.filter(({ traceId }) => traceId === trace);
    const named = (list: readonly SentSpan[], name: string | RegExp) =>
      list.find((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));

    const added = of(W3C.trace);
    const root = named(added, 'POST /graphql');
    expect(root).toMatchObject({ kind: 2, parentSpanId: W3C.parent });
    expect(root?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'cartwright.operation': 'addCartItems',
      'cartwright.code': 'OK',
    });
    const change = ['change the cart', 'mutation addCartItems', 'POST /graphql'];
    expect(wayOf(added, named(added, load)).slice(1)).toEqual(change);
    expect(wayOf(added, named(added, commit)).slice(1)).toEqual(change);
    expect(wayOf(added, named(added, 'wait for the cart'))).toEqual([
      'wait for the cart',
      ...change.slice(1),
    ]);
    expect(named(added, commit)).toMatchObject({ kind: 3 });
    expect(named(added, commit)?.attributes['db.system.name']).toMatch(/^(postgresql|aws\.dynamodb)$/);

    const read = of(AWS.time + AWS.rest);
    expect(named(read, 'GET /shopping-carts/{id}')?.parentSpanId).toBeFalsy();
    expect(wayOf(read, named(read, load)).slice(1)).toEqual(['GET /shopping-carts/{id}']);

    // Whoever sent it does not record it; and nobody asked for health's.
    expect(of('ef'.repeat(16))).toEqual([]);
    expect(spans.filter(({ name }) => name.includes('health'))).toEqual([]);

    expect(spans[0]?.resource).toMatchObject({
      'service.name': 'shop-carts',
      'deployment.environment.name': 'test',
    });
    expect(collector.headers[0]?.['x-of-collector']).toBe('yes');
    for (const secret of [id, 'MARK']) expect(collector.text()).not.toContain(secret);
    const lines = service.output().split('\n');
    const ofRequest = lines.filter((line) => line.includes('"msg":"request"') && !line.includes('"/health"'));
    const told = ofRequest.map((line) => (JSON.parse(line) as { trace?: string }).trace);
    expect(told).toHaveLength(4);
    for (const { traceId } of spans) expect(told).toContain(traceId);
  }, 120_000);

  it('requests that share a load or a commit are linked, both ways', async () => {
    const running = await start(store);
    const { collector, ask, stop } = running;
    const id = await makeCart(running);
    // While one is made the others wait, and are made together; whether any wait, the machine decides.
    const linked = () => collector.spans.filter(({ links }) => links.length > 0);
    for (let round = 0; round < 40 && linked().length === 0; round += 1) {
      await Promise.all(Array.from({ length: 12 }, () => ask(add(id))));
      await vi.waitFor(() => {
        expect(collector.spans.length).toBeGreaterThan(round * 12);
      }, 10_000);
    }
    await stop();
    const main = linked().find(({ attributes }) => Number(attributes['cartwright.requests']) > 1);
    expect(main?.name).toMatch(/change the cart|load together|commit together/);
    const others = main?.links.map((link) => collector.spans.find(({ spanId }) => spanId === link.spanId));
    expect(others?.length).toBeGreaterThan(0);
    for (const other of others ?? []) {
      expect(other?.traceId).not.toBe(main?.traceId);
      expect(other?.links).toMatchObject([{ traceId: main?.traceId, spanId: main?.spanId }]);
      expect(other).toMatchObject({ name: main?.name, attributes: { 'cartwright.shared': true } });
    }
  }, 120_000);
});

it('workers send theirs, also what was not sent when they end', async () => {
  const running = await start('postgres', { WORKERS: '2' });
  await Promise.all(Array.from({ length: 8 }, () => makeCart(running)));
  await running.stop();
  const roots = running.collector.spans.filter(({ name }) => name === 'POST /graphql');
  expect(roots).toHaveLength(8);
}, 120_000);

it.each([
  ['does not answer', undefined],
  ['is out of order', 503],
  ['refuses', 400],
])(
  'a collector that %s is no request’s trouble, and has one line',
  async (_how, status) => {
    const running = await start('postgres', { OTEL_EXPORTER_OTLP_TIMEOUT: '1000' });
    running.collector.status = status;
    for (let n = 0; n < 20; n += 1) await makeCart(running);
    await vi.waitFor(() => {
      expect(running.service.output()).toContain('the collector of traces does not take them');
    }, 20_000);
    await makeCart(running);
    await running.stop();
    expect(running.service.output().split('does not take them')).toHaveLength(2);
  },
  120_000,
);

it('the sampler is the one that is set', async () => {
  const running = await start('postgres', { OTEL_TRACES_SAMPLER: 'always_off' });
  await makeCart(running);
  await running.stop();
  expect(running.collector.spans).toEqual([]);
  // The line has a trace all the same.
  expect(running.service.output()).toMatch(/"trace":"[0-9a-f]{32}"/);
}, 120_000);
