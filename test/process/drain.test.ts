/**
 * The end of a service under load, with one process and with several: whoever got a connection gets an answer, whenever it was opened,
 * and who is told that the connection ends finds nothing lost on a new one either. DRAINS makes more of them.
 */
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogueDatabases, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { askOnce, couldNotConnect, wireRequest } from './fresh-connection.ts';
import { startService, type ServiceProcess } from './service-process.ts';

const DRAINS = Number(process.env['DRAINS'] ?? 1);
/** Clients that keep their connection until they are told to close it. */
const KEEPING = 40;
/** Connections that are opened at one time, again and again while the service ends. */
const BURST = 25;
const BURSTS = 16;
/**
 * Who connects in the tenth of a millisecond between the last look at the port and its closing is reset. The bursts come every few
 * milliseconds, so that happens in one end of thirty on a busy machine; in three of three it does where more goes wrong.
 */
const CHANCES = 3;

let database: CatalogueDatabase;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  database = await catalogueDatabases.postgres();
}, 120_000);
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await database.close();
});

async function start(workers: number): Promise<{ service: ServiceProcess; url: string }> {
  const service = startService({
    ...database.env,
    WORKERS: String(workers),
    ALLOW_UNAUTHENTICATED: 'true',
    // A busy machine must not make the test fail.
    REQUEST_TIMEOUT_MS: '10000',
    DATABASE_CONNECT_TIMEOUT_MS: '9000',
    DATABASE_STATEMENT_TIMEOUT_MS: '9000',
    MAX_IN_FLIGHT: '2000',
  });
  started.push(service);
  return { service, url: await service.listening };
}

const READ = '{ product(id: 1) { name } }';

/** Asks on one connection until an answer ends it, then on a new one, until nobody listens. @returns what went wrong */
async function keepAsking(url: string, told: () => void): Promise<string | undefined> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ query: READ });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const ask = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const req = request(`${url}/graphql`, { method: 'POST', agent, headers }, (res) => {
        res.resume().on('end', () => {
          resolve(res.statusCode);
        });
      });
      req.on('error', reject).end(body);
    });
  for (;;) {
    try {
      const status = await ask();
      if (status !== 200) return `status ${status}`;
      told();
    } catch (error) {
      return couldNotConnect(error) ? undefined : (error as Error).message;
    }
  }
}

describe.each([1, 4])('with %d workers', (workers) => {
  it(
    'whoever has a connection when SIGTERM arrives gets an answer',
    { timeout: 60_000 * DRAINS },
    async () => {
      const met = { answered: 0, refused: 0, lost: 0, kept: 0 };
      for (let drain = 0; drain < DRAINS; drain += 1) {
        let lost = await drainOnce(workers, met);
        for (let chance = 1; lost > 0 && chance < CHANCES; chance += 1) lost = await drainOnce(workers, met);
        expect(lost).toBe(0);
      }
      console.log(`${workers} workers, ${DRAINS} drains:`, met);
      expect(met.answered).toBeGreaterThan(0);
    },
  );
});

/** @returns how many fresh connections were reset */
async function drainOnce(
  workers: number,
  met: { answered: number; refused: number; lost: number; kept: number },
): Promise<number> {
  const { service, url } = await start(workers);
  let kept = 0;
  const keeping = Array.from({ length: KEEPING }, () => keepAsking(url, () => (kept += 1)));
  await vi.waitFor(() => {
    expect(kept).toBeGreaterThan(KEEPING * 5);
  }, 30_000);
  const fresh: ReturnType<typeof askOnce>[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    for (let one = 0; one < BURST; one += 1) fresh.push(askOnce(url, wireRequest(READ)));
    if (burst === BURSTS / 4) service.child.kill('SIGTERM');
    await new Promise((resolve) => setImmediate(resolve));
  }
  const outcomes = await Promise.all(fresh);
  const told = performance.now();
  expect((await Promise.all(keeping)).filter((problem) => problem !== undefined)).toEqual([]);
  expect(outcomes.filter((one) => one.kind === 'answered' && one.status !== 200)).toEqual([]);
  for (const { kind } of outcomes) met[kind] += 1;
  met.kept += kept;
  expect(await service.ended()).toBe(0);
  expect(performance.now() - told).toBeLessThan(20_000);
  return outcomes.filter(({ kind }) => kind === 'lost').length;
}

it(
  'a worker that dies is replaced, and meanwhile the others take what comes',
  { timeout: 60_000 },
  async () => {
    const { service, url } = await start(4);
    const workers = () =>
      execFileSync('pgrep', ['-P', String(service.child.pid)])
        .toString()
        .trim()
        .split('\n');
    const before = workers();
    expect(before).toHaveLength(4);
    const during = Array.from({ length: BURST * 4 }, () => askOnce(url, wireRequest(READ)));
    process.kill(Number(before[0]), 'SIGKILL');
    await vi.waitFor(() => {
      expect(service.output()).toContain('another one takes its place');
    }, 10_000);
    const after = Array.from({ length: BURST * 4 }, () => askOnce(url, wireRequest(READ)));
    expect((await Promise.all(after)).filter((one) => one.kind !== 'answered' || one.status !== 200)).toEqual(
      [],
    );
    // What it had taken is lost with it; whoever else waits is not kept waiting.
    expect((await Promise.all(during)).filter(({ kind }) => kind === 'answered').length).toBeGreaterThan(0);
    await vi.waitFor(() => {
      expect(workers()).toHaveLength(4);
    }, 10_000);
    // One that an operator stops finishes what it has, and is replaced too.
    const stopped = workers()[1];
    process.kill(Number(stopped), 'SIGTERM');
    await vi.waitFor(() => {
      expect(workers()).not.toContain(stopped);
    }, 10_000);
    expect(await askOnce(url, wireRequest(READ))).toMatchObject({ status: 200 });
    service.child.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
  },
);
