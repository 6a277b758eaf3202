/** A client that sends bytes, and a handler that waits, for tests of connections. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { jsonResponse, type Handler } from '../../src/http/messages.ts';

export const HEAD = 'POST /x HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n';
export const GET = 'GET /x HTTP/1.1\r\nhost: x\r\n\r\n';

export async function open(port: number, allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** A handler that ends when it is told to. */
export function held() {
  const release: (() => void)[] = [];
  const aborted: (() => boolean)[] = [];
  const handler: Handler = ({ signal }) =>
    new Promise((resolve) => {
      aborted.push(() => signal.aborted);
      release.push(() => {
        resolve(jsonResponse(200, 'done'));
      });
    });
  return { handler, release, aborted };
}
