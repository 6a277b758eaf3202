/** Who gets a connection, with workers that are none: what is accepted is never forgotten. */
import type { Worker } from 'node:cluster';
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createFrontDesk } from '../../src/process/front-desk.ts';
import { CONNECTION, LAST, TAKEN } from '../../src/process/worker-messages.ts';

class FakeWorker extends EventEmitter {
  readonly got: unknown[] = [];
  isConnected = () => true;
  send = (message: unknown) => this.got.push(message);
  takes = () => this.emit('message', TAKEN);
}

const clients: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

async function open(workers: readonly FakeWorker[]) {
  const desk = createFrontDesk();
  const port = await desk.listen(0, '127.0.0.1');
  const join = (worker: FakeWorker) => {
    desk.join(worker as unknown as Worker);
  };
  workers.forEach(join);
  return {
    desk,
    join,
    lose: (worker: FakeWorker) => {
      desk.lose(worker as unknown as Worker);
    },
    leave: (worker: FakeWorker) => {
      desk.leave(worker as unknown as Worker);
    },
    async connect() {
      const client = connect(port, '127.0.0.1');
      clients.push(client);
      await once(client, 'connect');
      return client;
    },
  };
}

const connections = ({ got }: FakeWorker) => got.filter((message) => message === CONNECTION).length;

it('hands each worker one connection at a time, in turn, and the rest when they have taken them', async () => {
  const [one, two] = [new FakeWorker(), new FakeWorker()];
  const { connect } = await open([one, two]);
  await Promise.all([connect(), connect(), connect(), connect()]);
  await vi.waitFor(() => {
    expect([one, two].map(connections)).toEqual([1, 1]);
  }, 10_000);
  two.takes();
  two.takes();
  await vi.waitFor(() => {
    expect([one, two].map(connections)).toEqual([1, 3]);
  }, 10_000);
});

it('gives to another what a worker had not taken when it died, and keeps what comes while there is none', async () => {
  const [one, two] = [new FakeWorker(), new FakeWorker()];
  const { connect, lose, join } = await open([one]);
  const client = await connect();
  await vi.waitFor(() => {
    expect(connections(one)).toBe(1);
  }, 10_000);
  lose(one);
  await connect();
  join(two);
  await vi.waitFor(() => {
    expect(connections(two)).toBe(1);
  }, 10_000);
  two.takes();
  expect(connections(two)).toBe(2);
  expect(client.destroyed).toBe(false);
});

it('lets a worker go once there is another, and closes when all that came has been taken', async () => {
  const [one, two] = [new FakeWorker(), new FakeWorker()];
  const { connect, leave, join, desk } = await open([one]);
  leave(one);
  expect(one.got).not.toContain(LAST);
  join(two);
  expect(one.got).toContain(LAST);
  await connect();
  let closed = false;
  const closing = desk.close().then(() => (closed = true));
  await vi.waitFor(() => {
    expect(connections(two)).toBe(1);
  }, 10_000);
  expect(closed).toBe(false);
  two.takes();
  await closing;
  expect(connections(one)).toBe(0);
  await expect(connect()).rejects.toThrow('ECONNREFUSED');
});

it('ends connections that nobody is left to take', async () => {
  const { connect, desk } = await open([]);
  const client = await connect();
  const ended = once(client.resume(), 'close');
  await desk.close();
  await ended;
});
