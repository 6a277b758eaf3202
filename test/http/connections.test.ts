/** What clients can do with connections and bodies, by raw sockets. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { jsonResponse } from '../../src/http/messages.ts';
import { listen } from './listen.ts';
import { GET, HEAD, held, open } from './raw-client.ts';

describe('a request', () => {
  it('has no slot as long as its body is not there', async () => {
    const { url, port, close } = await listen({
      maxInFlight: 1,
      route: () => () => Promise.resolve(jsonResponse(200, 'done')),
    });
    const slow = await Promise.all(Array.from({ length: 260 }, () => open(port)));
    for (const socket of slow) socket.write(`${HEAD}1`);
    for (let i = 0; i < 5; i += 1) expect((await fetch(`${url}/x`)).status).toBe(200);
    for (const socket of slow) socket.write('234567890');
    const first = slow[0] as Socket;
    expect(String((await once(first, 'data'))[0])).toMatch(/^HTTP\/1.1 (200|503)/);
    for (const socket of slow) socket.destroy();
    await close();
  });

  it('keeps its slot until its handler has ended, though its client has gone', async () => {
    const { handler, release, aborted } = held();
    const { url, port, close } = await listen({ maxInFlight: 1, route: () => handler });
    const socket = await open(port);
    socket.write(GET);
    await vi.waitFor(() => {
      expect(release).toHaveLength(1);
    }, 10_000);
    expect(aborted[0]?.()).toBe(false);
    socket.destroy();
    await vi.waitFor(() => {
      expect(aborted[0]?.()).toBe(true);
    }, 10_000);
    expect((await fetch(`${url}/x`)).status).toBe(503);
    release[0]?.();
    await vi.waitFor(async () => {
      const asked = fetch(`${url}/x`).then(({ status }) => status);
      const held = vi.waitFor(() => {
        expect(release).toHaveLength(2);
      }, 10_000);
      // Refused as long as the slot is taken, and asked again.
      await Promise.race([asked, held]);
      release[1]?.();
      expect(await asked).toBe(200);
    }, 20_000);
    await close();
  });

  it('is not begun when its client has gone while it was asked who that is', async () => {
    let identified: () => void = () => undefined;
    let asked = 0;
    let handled = 0;
    const { port, url, close } = await listen({
      maxInFlight: 1,
      identify: () => {
        asked += 1;
        return new Promise((resolve) => {
          identified = () => {
            resolve({ kind: 'guest' });
          };
        });
      },
      route: () => () => {
        handled += 1;
        return Promise.resolve(jsonResponse(200, 'done'));
      },
    });
    const socket = await open(port);
    socket.write(GET);
    await vi.waitFor(() => {
      expect(asked).toBe(1);
    }, 10_000);
    socket.resetAndDestroy();
    // Answered by the same process, so after it has seen the reset.
    for (let i = 0; i < 3; i += 1) await fetch(`${url}/livez`);
    identified();
    await fetch(`${url}/livez`);
    expect(handled).toBe(0);
    await close();
  });

  it.each([
    ['GET', GET, 'done'],
    ['POST', `${HEAD}1234567890`, 'done'],
  ])('%s of a client that has ended its side gets its answer', async (_what, request, body) => {
    const { handler, release } = held();
    const { port, close } = await listen({ route: () => handler });
    const socket = await open(port, true);
    const answer = text(socket);
    socket.end(request);
    await vi.waitFor(() => {
      expect(release).toHaveLength(1);
    }, 10_000);
    // The first bytes come while the handler works: that is how a client that has gone is found out.
    await once(socket, 'readable');
    release[0]?.();
    const whole = await answer;
    expect(whole).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(whole).toMatch(/\r\nconnection: close\r\n/);
    expect(whole.endsWith(`\r\n\r\n${JSON.stringify(body)}`)).toBe(true);
    await close();
  });

  it('and all that came with it get their answers, in their order', async () => {
    let count = 0;
    const { port, close } = await listen({
      route: () => () => Promise.resolve(jsonResponse(200, (count += 1))),
    });
    const socket = await open(port, true);
    const answer = text(socket);
    socket.end(GET.repeat(3));
    expect((await answer).match(/(?<=\r\n\r\n)\d/g)).toEqual(['1', '2', '3']);
    await close();
  });
});

it('answers a target with an address in front, and takes no odd one for more than a path', async () => {
  const { port, close } = await listen({
    route: (path) => (path === '/x' ? ({ search }) => Promise.resolve(jsonResponse(200, search)) : undefined),
  });
  const ask = async (target: string, method = 'GET') => {
    const socket = await open(port);
    socket.write(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    return (await text(socket)).slice(9, 12);
  };
  for (const target of ['/x', 'http://h/x', 'HTTPS://user@h:1/x?y', 'http://h/livez', 'http://h/livez?'])
    expect(await ask(target), target).toBe('200');
  for (const target of [
    '//x',
    '//evil.test/x',
    '/',
    'http://h',
    'http://',
    '*',
    '/%',
    '/x/',
    '/\\',
    'http://h?x',
    '/x#y',
  ])
    expect(await ask(target, target === '*' ? 'OPTIONS' : 'GET'), target).toMatch(/40[04]/);
  for (const method of ['TRACE', 'POST', 'DELETE', 'OPTIONS'])
    for (const path of ['/livez', '/readyz', '/health']) expect(await ask(path, method)).toBe('405');
  expect(await ask('/health', 'HEAD')).toBe('200');
  await close();
});

it('finds everything under a prefix, and health without it too', async () => {
  const { url, close } = await listen({
    basePath: '/shop',
    route: (path) =>
      path === '/x'
        ? () => Promise.resolve({ status: 201, headers: { location: '/x/1' }, body: '' })
        : undefined,
  });
  const status = async (path: string) => (await fetch(url + path)).status;
  const created = await fetch(`${url}/shop/x`);
  expect([created.status, created.headers.get('location')]).toEqual([201, '/shop/x/1']);
  expect(await Promise.all(['/livez', '/shop/livez', '/shop/health'].map(status))).toEqual([200, 200, 200]);
  expect(await Promise.all(['/x', '/shopx', '/shop', '/shop/', '/shop//x'].map(status))).toEqual(
    Array.from({ length: 5 }, () => 404),
  );
  await close();
});

it('drops the answers that were handed over first when nobody reads them', async () => {
  const big = 'x'.repeat(4_000_000);
  let handled = 0;
  const { url, port, close } = await listen({
    maxUnread: 50_000_000,
    route: (path) =>
      path === '/x'
        ? () => {
            handled += 1;
            return Promise.resolve({ status: 200, headers: {}, body: big });
          }
        : undefined,
  });
  const deaf = await Promise.all(Array.from({ length: 20 }, () => open(port)));
  let closed = 0;
  for (const socket of deaf) {
    socket.pause();
    socket.on('close', () => (closed += 1));
    socket.write(GET.repeat(3));
  }
  await vi.waitFor(
    () => {
      expect(handled).toBeGreaterThanOrEqual(20);
    },
    { timeout: 20_000 },
  );
  // Those who read get theirs all the same.
  expect((await (await fetch(`${url}/x`)).text()).length).toBe(big.length);
  for (const socket of deaf) socket.resume();
  await vi.waitFor(
    () => {
      expect(closed).toBeGreaterThan(0);
    },
    { timeout: 20_000 },
  );
  for (const socket of deaf) socket.destroy();
  await close();
});
