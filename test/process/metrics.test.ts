/** The listener for metrics, and several processes as one. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import { catalogueDatabases, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { query, startService, type ServiceProcess } from './service-process.ts';

let database: CatalogueDatabase;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  database = await catalogueDatabases.postgres();
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await database.close();
});

async function start(port: number, env: Record<string, string> = {}) {
  const service = startService({ ...database.env, METRICS_PORT: String(port), LOG_SAMPLE: '1', ...env });
  started.push(service);
  const url = await service.listening;
  const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return { service, url, read };
}

const madeIn = (text: string) =>
  Number(/^cartwright_requests_total\{route="\/graphql".*code="OK"\} (\d+)$/m.exec(text)?.[1] ?? 0);

it('adds up workers, counts their restarts, and forgets nothing of those that ended', async () => {
  const { service, url, read } = await start(await findFreePort(), { WORKERS: '2' });
  for (let n = 0; n < 12; n += 1)
    await query(url, '{ cart(id: "4c7f9d2e-3c51-4a8e-9f60-1d2c3b4a5968") { id } }');
  const first = await read();
  expect(madeIn(first)).toBe(12);
  expect(first).toMatch(/^process_resident_memory_bytes \d{8,}$/m);
  expect(first).toMatch(/^cartwright_build_info\{.*store="postgres"\} 1$/m);
  expect(first).toMatch(/^cartwright_worker_restarts_total 0$/m);
  const pids = [...service.output().matchAll(/"worker":(\d+)/g)].map(([, worker]) => worker);
  expect(new Set(pids).size).toBeGreaterThan(0);
  const workers = await childrenOf(service.child.pid as number);
  process.kill(workers[0] as number, 'SIGKILL');
  await vi.waitFor(async () => {
    expect(await read()).toMatch(/^cartwright_worker_restarts_total 1$/m);
  }, 20_000);
  expect(madeIn(await read())).toBe(12);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
}, 120_000);

/** Of the service's own. */
async function childrenOf(pid: number): Promise<number[]> {
  const { readFile, readdir } = await import('node:fs/promises');
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return parent === pid && /main\.[jt]s/.test(command) ? Number(name) : undefined;
    }),
  );
  return found.filter((one) => one !== undefined);
}

it('answers nothing but GET /metrics, and ends with the service', async () => {
  const port = await findFreePort();
  const { service, url } = await start(port);
  const at = `http://127.0.0.1:${port}`;
  expect((await fetch(`${at}/`)).status).toBe(404);
  expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  const response = await fetch(`${at}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await response.text()).toMatch(/^nodejs_eventloop_delay_p99_seconds 0\.\d+$/m);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
}, 120_000);

it('a port that is taken is said, and the service runs without', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const service = startService({ ...database.env, METRICS_PORT: String(port) });
  started.push(service);
  const url = await service.listening;
  expect(service.output()).toContain(`cannot listen on METRICS_PORT ${port}`);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
  other.close();
}, 120_000);
