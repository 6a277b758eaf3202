import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { exchange } from '../client/cart-api.ts';
import { openConnections, type Answered, type Connections } from '../load/connections.ts';
import { runClosedLoop, runOpenLoop, summarise } from '../load/generator.ts';
import { createRandom } from '../load/random.ts';
import { findLateness } from '../compare/lateness.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('seeded randomness repeats itself, and has the gaps of a Poisson process', () => {
  const draw = (seed: string) =>
    Array.from({ length: 20 }, (_, i) => createRandom(`${seed}/${i}`).integer(1, 1000));
  expect(draw('7')).toEqual(draw('7'));
  expect(draw('7')).not.toEqual(draw('8'));
  const random = createRandom('3');
  const gaps = Array.from({ length: 20_000 }, () => random.exponential(4));
  expect(gaps.reduce((sum, gap) => sum + gap) / gaps.length).toBeCloseTo(0.25, 2);
  expect(gaps.reduce((sum, gap) => sum + (gap - 0.25) ** 2, 0) / gaps.length).toBeCloseTo(0.0625, 2);
  const list = Array.from({ length: 50 }, (_, i) => i);
  expect(random.shuffle(list).toSorted((a, b) => a - b)).toEqual(list);
});

describe('a connection', () => {
  /** A server that does `answer` with each piece that it gets, and connections to it. */
  async function withServer<T>(
    answer: (socket: Socket, request: string) => void,
    run: (connections: Connections) => Promise<T>,
    options: { connections?: number; timeoutMs?: number } = {},
  ): Promise<T> {
    const server = createServer((socket) => {
      socket.setNoDelay(true).on('error', () => undefined);
      socket.on('data', (data) => {
        answer(socket, data.toString());
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connections = openConnections(new URL(`http://127.0.0.1:${port}`), options);
    try {
      return await run(connections);
    } finally {
      connections.close();
      server.close();
    }
  }
  const ask = (connections: Connections, request = 'x') => exchange(connections, Buffer.from(request));
  const head = (length: number, status = '200 OK') =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\n\r\n`;
  const CHUNKED = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

  it.each([
    ['whole', [`${head(2, '503 No')}{}`], { status: 503, body: '{}' }],
    ['in pieces', [head(7).slice(0, 20), head(7).slice(20), '"tä', 'xt"'], { status: 200, body: '"täxt"' }],
    ['without a body', ['HTTP/1.1 204 No Content\r\n\r\n'], { status: 204, body: '' }],
    ['in chunks', [`${CHUNKED}3\r\n{"a`, '\r\n4\r\n":1}\r\n', '0\r\n\r\n'], { status: 200, body: '{"a":1}' }],
    ['that is none', ['SSH-2.0-x\r\n'], 'No HTTP/1.1'],
    ['without a length', ['HTTP/1.1 200 OK\r\n\r\n'], 'without a content-length'],
  ])('reads an answer %s', async (_, pieces, expected) => {
    const write = async (socket: Socket) => {
      for (const piece of pieces) {
        socket.write(piece);
        await pause(20);
      }
    };
    const answer = withServer((socket) => void write(socket), ask);
    if (typeof expected === 'string') await expect(answer).rejects.toThrow(expected);
    else expect(await answer).toEqual(expected);
  });

  it('is used again, while further requests wait for it', async () => {
    const sockets = new Set<Socket>();
    const answer = (socket: Socket, request: string) => {
      sockets.add(socket);
      setTimeout(() => socket.write(`${head(1)}${request}`), 5);
    };
    const numbers = ['1', '2', '3', '4', '5'];
    const run = (pool: Connections) => Promise.all(numbers.map((number) => ask(pool, number)));
    expect((await withServer(answer, run, { connections: 2 })).map(({ body }) => body)).toEqual(numbers);
    expect(sockets.size).toBe(2);
  });

  it('that has idled for long is replaced alone: a burst does not close all of them', async () => {
    const sockets = new Set<Socket>();
    const answer = (socket: Socket, request: string) => {
      sockets.add(socket);
      socket.write(`${head(1)}${request}`);
    };
    await withServer(answer, async (pool) => {
      await pool.warm(5);
      await Promise.all(Array.from({ length: 5 }, () => ask(pool)));
      const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 5_000);
      await ask(pool);
      clock.mockRestore();
      await vi.waitFor(() => {
        expect([...sockets].filter(({ destroyed }) => !destroyed)).toHaveLength(5);
      }, 10_000);
    });
    expect(sockets.size).toBe(6);
  });

  it('fails when the server breaks it off or never answers, and the next one goes on', async () => {
    const answer = (socket: Socket, request: string) => {
      if (request === 'break') socket.destroy();
      if (request === 'x') socket.write(`${head(2)}{}`);
    };
    const run = async (pool: Connections) => {
      await expect(ask(pool, 'break')).rejects.toThrow('closed a connection');
      await expect(ask(pool, 'silence')).rejects.toThrow('no answer in 1000 ms');
      expect(await ask(pool)).toMatchObject({ body: '{}' });
    };
    await withServer(answer, run, { timeoutMs: 1000 });
  });
});

describe('the generator', () => {
  const fine = Buffer.from('{"data":{}}');
  const request = { name: 'x', bytes: fine, check: () => undefined };
  const load = { rate: 200, warmupSeconds: 0.1, seconds: 0.5, prepare: () => request };
  const open = async (send: (request: Buffer, answered: Answered) => void, more: object = {}) =>
    summarise(await runOpenLoop({ ...load, random: createRandom('5'), send, ...more }));

  it('sends at the same times for the same seed, at the rate that was asked for', async () => {
    const run = () => open((_, answered) => setImmediate(answered, undefined, 200, fine));
    const [first, second] = [await run(), await run()];
    expect(first.arrivals).toBe(second.arrivals);
    // 100 expected; a Poisson process stays within five standard deviations.
    expect(Math.abs(first.arrivals - 100)).toBeLessThan(50);
    expect(first.succeeded).toBe(first.arrivals);
  });

  it('charges a stall to everyone who had to wait, from the time at which each should have been sent', async () => {
    const held: Answered[] = [];
    let answers: NodeJS.Timeout | undefined;
    // Again and again: on a busy machine some are sent late.
    setTimeout(() => {
      answers = setInterval(() => {
        for (const answered of held.splice(0)) answered(undefined, 200, fine);
      }, 20);
    }, 1000);
    const { succeeded, arrivals, latency, achieved } = await open((_, answered) => held.push(answered));
    clearInterval(answers);
    // Nothing is answered before the window has ended, so the median request waited for half of it and more.
    expect(succeeded).toBe(arrivals);
    expect(latency['x']?.percentile(50)).toBeGreaterThan(200);
    expect(achieved).toBe(0);
  });

  it('notices its own lag, and what that adds to the latencies', async () => {
    const result = await open((_, answered) => {
      for (const until = performance.now() + 8; performance.now() < until;);
      answered(undefined, 200, fine);
    });
    expect(result.lag.percentile(99)).toBeGreaterThan(1);
    expect(result.latency['x']?.percentile(99)).toBeGreaterThan(result.fromSend.percentile(99));
    expect(findLateness(result, 'verdict', 'p95')).toMatch(
      /the generator was late.*p95 .* from the intended/,
    );
  });

  /** Sends to a server that answers at once. */
  const answering =
    (status: number, body = fine, error?: Error) =>
    (_: Buffer, answered: Answered) => {
      answered(error, status, body);
    };

  it.each([
    ['an error', answering(0, fine, new Error('refused')), 'refused'],
    ['another status', answering(503, Buffer.from('busy')), 'status 503: busy'],
    ['silence', () => undefined, 'no answer 0.05 s after the end'],
  ])('counts %s as a failure and keeps it out of the latencies', async (_, send, message) => {
    const result = await open(send, { drainSeconds: 0.05 });
    expect(result).toMatchObject({
      failed: result.arrivals,
      errors: { [message]: result.arrivals },
      latency: {},
    });
  });

  it('takes a fast wrong answer for a failure', async () => {
    const check = (body: string) => {
      if (body !== 'right') throw new Error('wrong');
    };
    const result = await open(answering(200), { prepare: () => ({ ...request, check }) });
    expect(result.errors).toEqual({ wrong: result.arrivals });
  });

  it('stops when told to', async () => {
    const more = { seconds: 60, signal: AbortSignal.timeout(50) };
    await expect(open(answering(200), more)).rejects.toThrow();
  });

  it('never has more requests under way than clients, and sends no burst when their time is up', async () => {
    let [underWay, most] = [0, 0];
    let sent = 0;
    const run = (clients: number, thinkMs: number) =>
      runClosedLoop({
        ...load,
        ...{ clients, thinkMs, warmupSeconds: 0, random: createRandom('1') },
        send(_, answered) {
          sent += 1;
          most = Math.max(most, (underWay += 1));
          setTimeout(() => {
            underWay -= 1;
            answered(undefined, 200, fine);
          }, 5);
        },
      });
    const { succeeded, arrivals } = summarise(await run(5, 0));
    expect([most, succeeded]).toEqual([5, arrivals]);
    sent = 0;
    await run(100, 1000);
    // About 50 in all; at the end a burst would have one more of each client.
    expect(sent).toBeLessThan(100);
  });
});
