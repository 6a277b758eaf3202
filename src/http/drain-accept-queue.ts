import type { Server } from 'node:http';

/** Milliseconds for taking connections that wait, where new ones keep coming. */
const TAKING = 1_000;

/**
 * Resolves when no connection comes in any more: one that the system has accepted and the server has not would be reset
 * when it stops listening, with the request that its client has sent.
 */
export async function drainAcceptQueue(server: Server): Promise<void> {
  const end = performance.now() + TAKING;
  let taken = true;
  const take = () => {
    taken = true;
  };
  server.on('connection', take);
  while (taken && performance.now() < end) {
    taken = false;
    // Each turn of the event loop takes what has come by then.
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  server.off('connection', take);
}
