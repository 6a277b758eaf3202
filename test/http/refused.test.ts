/** What is refused because all slots are taken costs the service little, and its client gets all of an answer. */
import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { createCors } from '../../src/http/cors.ts';
import { writeText } from '../../src/metrics/text-format.ts';
import { createRegistry } from '../../src/metrics/registry.ts';
import { createLog } from '../../src/process/log.ts';
import { listen } from './listen.ts';
import { GET, HEAD, held, open } from './raw-client.ts';

/** A server whose only slot is taken. */
async function listenFull() {
  const { handler, release } = held();
  const lines: string[] = [];
  const registry = createRegistry();
  const server = await listen({
    maxInFlight: 1,
    route: () => Object.assign(handler, { pattern: '/x' }),
    cors: createCors(['https://shop.example']),
    headers: { 'cache-control': 'no-store' },
    log: createLog('info', { write: (line) => lines.push(line) }),
    meter: registry,
  });
  const holder = await open(server.port);
  holder.write(GET);
  await vi.waitFor(() => {
    expect(release).toHaveLength(1);
  }, 10_000);
  return { ...server, release, registry, lines, holder };
}

it('is answered when its head is there; what comes of its body is no part of the next request', async () => {
  const { port, release, close, holder } = await listenFull();
  const socket = await open(port);
  socket.write(HEAD);
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 503 [^]*\r\nretry-after: 1\r\n/);
  socket.write('1234567890');
  release[0]?.();
  await once(holder, 'data');
  socket.write(GET);
  await vi.waitFor(() => {
    expect(release).toHaveLength(2);
  }, 10_000);
  release[1]?.();
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /);
  for (const one of [socket, holder]) one.destroy();
  await close();
});

it('has the headers of every answer, its own id, a number and a line', async () => {
  const { url, release, registry, lines, close, holder } = await listenFull();
  const headers = { origin: 'https://shop.example', 'x-request-id': 'mine' };
  const answer = await fetch(`${url}/x`, { method: 'POST', body: '{}', headers });
  expect(answer.status).toBe(503);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'retry-after': '1',
    'cache-control': 'no-store',
    'access-control-allow-origin': 'https://shop.example',
    'x-request-id': 'mine',
    'content-type': 'application/json; charset=utf-8',
  });
  expect(await answer.json()).toEqual({ message: expect.stringContaining('Too many requests') as string });
  const told = writeText(registry.snapshot());
  expect(told).toMatch(/cartwright_refusals_total\{reason="OVERLOADED"\} 1\n/);
  expect(told).toMatch(/cartwright_requests_total\{.*code="OVERLOADED".*\} 1\n/);
  expect(told).toMatch(/http_server_request_duration_seconds_count\{.*"503".*\} 1\n/);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: 'request', route: '/x', code: 'OVERLOADED', status: 503, requestId: 'mine' },
  ]);
  release[0]?.();
  holder.destroy();
  await close();
});
