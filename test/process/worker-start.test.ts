/** What the first process tells workers that may have ended. */
import cluster, { type Worker } from 'node:cluster';
import { afterEach, expect, it } from 'vitest';
import { createRegistry } from '../../src/metrics/registry.ts';
import { watchStarts } from '../../src/process/worker-start.ts';
import { createWorkerMetrics } from '../../src/process/worker-metrics.ts';

const workers = cluster.workers ?? {};
afterEach(() => {
  delete workers[1];
  cluster.removeAllListeners();
});

/** A worker whose end of the pipe is closed, which nobody has noticed yet. As node has it: an error that no callback takes is an event. */
function addLostWorker(): { readonly worker: Worker; readonly events: Error[]; readonly told: unknown[] } {
  const [events, told]: [Error[], unknown[]] = [[], []];
  const send = (message: unknown, callback?: (error: Error) => void) => {
    told.push(message);
    const error = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    if (callback) callback(error);
    else events.push(error);
    return true;
  };
  const worker = { id: 1, isConnected: () => true, send } as unknown as Worker;
  workers[1] = worker;
  return { worker, events, told };
}

it('a worker that is gone by the time that all have started fails nothing', () => {
  const { worker, events, told } = addLostWorker();
  watchStarts(1);
  cluster.emit('message', worker, 'started');
  expect([told, events]).toEqual([['all started'], []]);
});

it('nor does one that is asked for its numbers', async () => {
  const { worker, events, told } = addLostWorker();
  const collected = createWorkerMetrics(createRegistry())();
  cluster.emit('exit', worker);
  expect(await collected).toEqual([]);
  expect([told, events]).toEqual([['collect'], []]);
});
