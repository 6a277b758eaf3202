/** A server without stores, for tests of what stands before the routes. */
import { createCors } from '../../src/http/cors.ts';
import { createServer, type Server, type ServerOptions } from '../../src/http/server.ts';
import { createLog } from '../../src/process/log.ts';

const options: ServerOptions = {
  route: () => undefined,
  identify: () => Promise.resolve({ kind: 'staff' }),
  ready: () => Promise.resolve(),
  storeType: 'postgres',
  requestTimeout: 5_000,
  maxBody: 100,
  maxInFlight: 100,
  cors: createCors([]),
  headers: {},
  log: createLog('silent'),
};

export interface Listening {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function listen(partial: Partial<ServerOptions>): Promise<Listening> {
  const server = createServer({ ...options, ...partial });
  const { port } = await server.listen(0, '127.0.0.1');
  return { server, port, url: `http://127.0.0.1:${port}`, close: () => server.drain(0) };
}
