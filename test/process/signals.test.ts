/**
 * Signals at awkward moments: the process never hangs, and leaves no engine that would keep the next one out. start-and-stop.test.ts has
 * those that an engine with data is there for.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { pathToBundle } from '../docs/bundled-programs.ts';
import { catalogueDatabases } from '../support/catalogue-databases.ts';
import { startService, startWithNpm, type ServiceProcess } from './service-process.ts';

let folder: string;
/** On which npm starts what was bundled; its shell and what signals become of are as ever. */
let PATH: string;
const started: ServiceProcess[] = [];
function remember(service: ServiceProcess): ServiceProcess {
  started.push(service);
  return service;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-signals-'));
  PATH = await pathToBundle(folder, inject('compiled'));
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const said = (service: ServiceProcess, text: string) =>
  vi.waitFor(() => {
    expect(service.output()).toContain(text);
  }, 30_000);

it('a signal ends a service that is still waiting for its database', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const env = { DATABASE_URL: `postgres://app@127.0.0.1:${port}/shop`, DATABASE_CONNECT_TIMEOUT_MS: '60000' };
  const service = remember(startService(env));
  const [socket] = (await once(silent, 'connection')) as [Socket];
  socket.on('error', () => undefined);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
  expect(service.output()).toContain('stopped while starting');
  socket.destroy();
  silent.close();
}, 60_000);

it('SIGTERM while an embedded engine starts keeps nobody out, and Ctrl-C at npm start drains', async () => {
  const env = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug' };
  const first = remember(startService(env));
  await said(first, 'the embedded database');
  first.child.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  expect(first.output()).toContain('stopped while starting');

  const second = remember(startWithNpm({ ...env, PATH, SHUTDOWN_DELAY_SECONDS: '1' }));
  await second.listening;
  // What a terminal does: the signal goes to npm, its shell and the service; and npm passes it on to the service again.
  process.kill(-(second.child.pid ?? NaN), 'SIGINT');
  await second.ended();
  expect(second.output()).toContain('"msg":"stopped"');
}, 120_000);

it('SIGTERM to npm alone reaches the service, and npm waits for its end', async () => {
  const database = await catalogueDatabases.postgres();
  const service = remember(startWithNpm({ ...database.env, PATH, SHUTDOWN_DELAY_SECONDS: '1' }));
  await service.listening;
  const exit = once(service.child, 'exit');
  service.child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  expect(service.output()).toContain('"msg":"stopped"');
  await database.close();
}, 120_000);
