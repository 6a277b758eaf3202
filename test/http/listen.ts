/** A server without stores, for tests of what stands before the routes. */
import { createCors } from '../../src/http/cors.ts';
import { createDeadlines } from '../../src/http/deadlines.ts';
import { firstOf } from '../../src/http/messages.ts';
import { createHealth } from '../../src/http/health.ts';
import { createServer, type Server, type ServerOptions } from '../../src/http/server.ts';
import { createLog } from '../../src/process/log.ts';

const options: ServerOptions = {
  route: () => undefined,
  identify: () => Promise.resolve({ kind: 'staff' }),
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

interface ListenOptions extends Partial<ServerOptions> {
  /** Of the store that health tells of. */
  readonly ready?: () => Promise<void>;
}

export async function listen({
  ready = () => Promise.resolve(),
  ...partial
}: ListenOptions): Promise<Listening> {
  const { route, requestTimeout, ...others } = { ...options, ...partial };
  const health = createHealth({
    ready,
    storeType: 'postgres',
    isDraining: () => server.isDraining(),
    begin: createDeadlines(requestTimeout),
  });
  const server: Server = createServer({ ...others, requestTimeout, route: firstOf([health, route]) });
  const { port } = await server.listen(0, '127.0.0.1');
  return { server, port, url: `http://127.0.0.1:${port}`, close: () => server.drain(0) };
}
