import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../load/answer-reader.ts';
import { openHttpPool, type HttpPool } from '../load/http-pool.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A server that does `answer` with each piece that it gets, and a pool of connections to it. */
async function withPool<T>(
  answer: (socket: Socket, request: string) => void,
  run: (pool: HttpPool) => Promise<T>,
  options: { connections?: number; timeoutMs?: number } = {},
): Promise<T> {
  const server = createServer((socket) => {
    socket.setNoDelay(true).on('error', () => undefined);
    socket.on('data', (data) => {
      answer(socket, data.toString());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pool = openHttpPool(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), options);
  try {
    return await run(pool);
  } finally {
    pool.close();
    server.close();
  }
}

const exchange = (pool: HttpPool, keepBody = true, request = 'x') =>
  new Promise<Answer | undefined>((resolve, reject) => {
    pool.exchange(Buffer.from(request), keepBody, (error, answer) => {
      if (error) reject(error);
      else resolve(answer);
    });
  });

/** What is read of an answer that arrives in these pieces. */
const read = (pieces: readonly string[], keepBody: boolean) =>
  withPool(
    (socket) => {
      void (async () => {
        for (const piece of pieces) {
          socket.write(piece);
          await pause(20);
        }
      })();
    },
    (pool) => exchange(pool, keepBody),
  );

const head = (length: number, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

describe('an answer', () => {
  it('is read whole or in pieces, with its body or without', async () => {
    expect(await read([`${head(2)}{}`], false)).toEqual({ status: 200, failed: false });
    expect(await read([head(4, '503 No'), '{"a', '}'], false)).toEqual({ status: 503, failed: false });
    expect(await read([head(7), '"tä', 'xt"'], true)).toEqual({ status: 200, failed: false, body: '"täxt"' });
  });

  it('of errors is seen, and what is no answer', async () => {
    expect((await read([`${head(13)}{"errors":[]}`], false))?.failed).toBe(true);
    expect((await read([head(13), '{"errors":[]}'], true))?.failed).toBe(true);
    await expect(read(['SSH-2.0-x\r\n'], false)).rejects.toThrow('No HTTP/1.1');
    await expect(read(['HTTP/1.1 200 OK\r\n\r\n'], false)).rejects.toThrow('without a content-length');
  });

  it('may have a head in pieces, no body, or one in chunks', async () => {
    expect(await read([head(2).slice(0, 20), `${head(2).slice(20)}{}`], true)).toMatchObject({ body: '{}' });
    expect(await read(['HTTP/1.1 204 No Content\r\n\r\n'], true)).toMatchObject({ status: 204, body: '' });
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await read([`${chunked}3\r\n{"a`, '\r\n4\r\n":1}\r\n', '0\r\n\r\n'], true)).toMatchObject({
      body: '{"a":1}',
    });
  });
});

describe('a pool', () => {
  it('uses its connections again, and lets further requests wait for them', async () => {
    const sockets = new Set<Socket>();
    const answers = await withPool(
      (socket, request) => {
        sockets.add(socket);
        setTimeout(() => socket.write(`${head(1)}${request}`), 5);
      },
      (pool) => Promise.all(['1', '2', '3', '4', '5'].map((request) => exchange(pool, true, request))),
      { connections: 2 },
    );
    expect(answers.map((answer) => answer?.body)).toEqual(['1', '2', '3', '4', '5']);
    expect(sockets.size).toBe(2);
  });

  it('fails what the server breaks off, or never answers, and goes on', async () => {
    await withPool(
      (socket, request) => {
        if (request === 'break') socket.destroy();
        if (request === 'x') socket.write(`${head(2)}{}`);
      },
      async (pool) => {
        await expect(exchange(pool, true, 'break')).rejects.toThrow('closed a connection');
        await expect(exchange(pool, true, 'silence')).rejects.toThrow('no answer in 100 ms');
        expect(await exchange(pool)).toMatchObject({ body: '{}' });
      },
      { timeoutMs: 100 },
    );
  });
});
