/** What the measuring instrument is tested against: a service on a store in memory, and a delay of known length before it. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { launch, type RunningProgram } from '../processes/launch.ts';

export const startStandIn = (): Promise<RunningProgram> =>
  launch({
    name: 'the stand-in',
    node: ['--import', 'tsx', 'bench/performance/programs/service-memory.ts'],
    env: {
      PATH: process.env['PATH'],
      CART_STORE_TYPE: 'memory',
      LOG_LEVEL: 'error',
      ALLOW_UNAUTHENTICATED: 'true',
    },
    readyPath: '/health',
  });

export interface Delay {
  readonly url: string;
  close(): Promise<void>;
}

/** A TCP proxy that holds each piece of the answers back for a known time. @param target http address of the server behind it */
export async function openDelay(target: string, milliseconds: number): Promise<Delay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => upstream.write(chunk)).on('close', () => upstream.destroy());
    upstream.on('data', (chunk) => setTimeout(() => client.writable && client.write(chunk), milliseconds));
    upstream.on('close', () => setTimeout(() => client.destroy(), milliseconds));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
