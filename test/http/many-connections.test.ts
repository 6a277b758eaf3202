/** How many connections there may be, how many requests on one, and which heads of requests are refused. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';
import { jsonResponse } from '../../src/http/messages.ts';
import { listen } from './listen.ts';
import { GET, held, open } from './raw-client.ts';

it('closes connections beyond their number that have idled longest, and none that waits for an answer', async () => {
  const { handler, release } = held();
  const { port, close } = await listen({ maxConnections: 5, route: () => handler });
  const closed: number[] = [];
  const join = async (name: number) => {
    const socket = await open(port);
    socket.on('close', () => closed.push(name));
    socket.on('data', () => undefined);
    return socket;
  };
  const ask = async (socket: Socket, count: number) => {
    socket.write(GET);
    await vi.waitFor(() => {
      expect(release).toHaveLength(count);
    }, 10_000);
  };
  const hasClosed = (...names: number[]) =>
    vi.waitFor(() => {
      expect(closed).toEqual(names);
    }, 10_000);
  const sockets: Socket[] = [];
  for (let name = 0; name < 5; name += 1) sockets.push(await join(name));
  const [first, , third, fourth, fifth] = sockets as [Socket, Socket, Socket, Socket, Socket];
  // The first is busy, and later the one that was asked last.
  await ask(first, 1);
  sockets.push(await join(5));
  await hasClosed(1);
  release[0]?.();
  await once(first, 'data');
  sockets.push(await join(6));
  await hasClosed(1, 2);
  expect(third.destroyed).toBe(true);
  // Where all are busy the newcomer is refused.
  for (const [at, socket] of [first, fourth, fifth, ...sockets.slice(5)].entries()) await ask(socket, at + 2);
  await join(7);
  await hasClosed(1, 2, 7);
  release.forEach((end) => {
    end();
  });
  for (const socket of sockets) socket.destroy();
  await close();
});

it('lets everybody in though others keep all connections there may be', async () => {
  const { url, port, close } = await listen({ maxConnections: 50 });
  const kept = await Promise.all(Array.from({ length: 120 }, () => open(port)));
  for (const socket of kept) socket.write(GET.replace('/x', '/livez'));
  for (let i = 0; i < 5; i += 1) {
    const answer = await fetch(`${url}/livez`, { headers: { connection: 'close' } });
    expect(answer.status).toBe(200);
  }
  for (const socket of kept) socket.destroy();
  await close();
});

it('answers 16 requests of one connection at one time, and ends one that sends more', async () => {
  const { handler, release } = held();
  const { port, close } = await listen({ route: () => handler });
  const few = await open(port);
  few.write(GET.repeat(16));
  await vi.waitFor(() => {
    expect(release).toHaveLength(16);
  }, 10_000);
  const many = await open(port);
  const answers = text(many);
  many.write(GET.repeat(2_000));
  await vi.waitFor(() => {
    expect(release).toHaveLength(32);
  }, 10_000);
  release.forEach((end) => {
    end();
  });
  const statuses = (await answers).match(/(?<=HTTP\/1\.1 )\d+/g);
  expect(statuses).toEqual([...Array.from({ length: 16 }, () => '200'), '503']);
  expect(release).toHaveLength(32);
  // Those of the other connection go on, as do more of it.
  few.write(GET);
  await vi.waitFor(() => {
    expect(release).toHaveLength(33);
  }, 10_000);
  few.destroy();
  await close();
});

it.each([
  ['two hosts', 'Host: a\r\nhost: b\r\n', 400],
  ['the same host twice', 'host: x\r\nHOST: x\r\n', 400],
  ['another transfer coding', 'host: x\r\ntransfer-encoding: gzip, chunked\r\n', 501],
  ['two transfer codings', 'host: x\r\ntransfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n', 501],
  ['chunks', 'host: x\r\ntransfer-encoding: Chunked\r\n', 200],
])('a request with %s', async (_what, headers, status) => {
  const { port, close } = await listen({ route: () => () => Promise.resolve(jsonResponse(200, 'done')) });
  const socket = await open(port);
  const body = headers.includes('chunked') || headers.includes('Chunked') ? '0\r\n\r\n' : '';
  socket.write(`POST /x HTTP/1.1\r\nconnection: close\r\n${headers}\r\n${body}`);
  expect((await text(socket)).slice(9, 12)).toBe(String(status));
  await close();
});
