import { describe, expect, it } from 'vitest';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { openHttpConnection, type Answer } from '../performance/http-connection.ts';
import { slopeOf } from '../performance/least-squares.ts';
import { judge } from '../performance/report.ts';
import type { Sample } from '../performance/rounds.ts';

const sample = (figures: Partial<Sample>): Sample => ({
  cpu: 100,
  rate: 1000,
  p50: 1,
  p99: 2,
  serviceBusy: 0.99,
  serviceCore: 1,
  otherCore: 1,
  ...figures,
});

describe('a goal', () => {
  const goal = { label: 'rate', variant: 'ours', base: 'floor', figure: 'rate', atLeast: 0.9 } as const;
  const floor = [sample({}), sample({}), sample({})];
  const ours = (busy: readonly number[]) => busy.map((serviceBusy) => sample({ rate: 950, serviceBusy }));

  it('is judged by the median of the rounds', () => {
    expect(judge(goal, { ours: ours([0.99, 0.5, 0.98]), floor }).reached).toBe(true);
    expect(judge({ ...goal, atLeast: 0.96 }, { ours: ours([0.99, 0.99, 0.99]), floor }).reached).toBe(false);
  });

  it('of throughput does not count where the process did not have its core', () => {
    const judged = judge(goal, { ours: ours([0.99, 0.5, 0.8]), floor });
    expect(judged).toMatchObject({ reached: undefined, idling: 0.8 });
    const idle = judge(goal, { ours: ours([0.99]), floor: [sample({ serviceBusy: 0.7 })] });
    expect(idle).toMatchObject({ reached: true, baseIdling: 0.7 });
    expect(judge({ ...goal, figure: 'cpu' }, { ours: ours([0.5]), floor }).reached).toBe(true);
  });
});

it('the growth is that of the line through the samples', () => {
  expect(slopeOf([1, 2, 3, 4].map((x) => [x, 5 + 2 * x]))).toBeCloseTo(2);
  expect(
    slopeOf([
      [0, 1],
      [1, 3],
      [2, 2],
    ]),
  ).toBeCloseTo(0.5);
  expect(slopeOf([[0, 1]])).toBeNaN();
});

describe('the connection of the generator', () => {
  /** What is read of an answer that arrives in these pieces. */
  async function read(pieces: readonly string[], keepBody: boolean): Promise<Answer> {
    const server = createServer((socket: Socket) => {
      socket.setNoDelay(true);
      socket.on('data', () => {
        void (async () => {
          for (const piece of pieces) {
            socket.write(piece);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        })();
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      return await new Promise<Answer>((resolve, reject) => {
        openHttpConnection((server.address() as AddressInfo).port, reject).then((connection) => {
          connection.send(Buffer.from('x'), keepBody, (answer) => {
            connection.close();
            resolve(answer);
          });
        }, reject);
      });
    } finally {
      server.close();
    }
  }
  const head = (length: number, status = '200 OK') =>
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  it('reads an answer, whole or in pieces, with its body or without', async () => {
    expect(await read([`${head(2)}{}`], false)).toEqual({ status: 200, failed: false });
    expect(await read([head(4, '503 No'), '{"a', '}'], false)).toEqual({ status: 503, failed: false });
    expect(await read([head(7), '"tä', 'xt"'], true)).toEqual({ status: 200, failed: false, body: '"täxt"' });
  });

  it('sees an answer of errors, and what is no answer', async () => {
    expect((await read([`${head(13)}{"errors":[]}`], false)).failed).toBe(true);
    expect((await read([head(13), '{"errors":[]}'], true)).failed).toBe(true);
    await expect(read(['HTTP/1.1 200 OK\r\n'], false)).rejects.toThrow('a head in pieces');
    await expect(read(['HTTP/1.1 204 No Content\r\n\r\n'], false)).rejects.toThrow(
      'without a content-length',
    );
  });
});
