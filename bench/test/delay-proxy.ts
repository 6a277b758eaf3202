/**
 * A TCP proxy on 127.0.0.1 that lets everything through and holds each piece of the answers back for a known time: what a
 * comparison must find. As a program: `node --import tsx test/bench/delay-proxy.ts URL MILLISECONDS [PORT]`.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Delay {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param target http address of the server behind it
 * @param milliseconds added to every answer
 * @param port 0 for any free one
 */
export async function openDelay(target: string, milliseconds: number, port = 0): Promise<Delay> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => upstream.write(chunk)).on('close', () => upstream.destroy());
    upstream.on('data', (chunk) => setTimeout(() => client.writable && client.write(chunk), milliseconds));
    upstream.on('close', () => setTimeout(() => client.destroy(), milliseconds));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy got no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const [, program, target, milliseconds, port] = process.argv;
if (program === import.meta.filename && target !== undefined) {
  const { url } = await openDelay(target, Number(milliseconds), Number(port ?? 0));
  process.stdout.write(`${url}\n`);
}
