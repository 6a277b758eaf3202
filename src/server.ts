/** The HTTP server: sockets in front of the routes, health, deadlines, and an end without lost answers. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeadlineExceeded } from './cart/abortable.ts';
import type { Viewer } from './cart/viewer.ts';
import { errorResponse, jsonResponse, type HttpRequest, type HttpResponse } from './http.ts';
import type { Log } from './log.ts';
import { BodyTooLarge, readBody } from './read-body.ts';

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

export interface ServerOptions {
  /** The handler of a path, if there is one. */
  readonly route: (path: string) => Handler | undefined;
  /** Answers pages and files by itself; true when it has. */
  readonly playground?: { handle(req: IncomingMessage, res: ServerResponse): boolean };
  /** Who is asking. */
  readonly identify: (req: IncomingMessage) => Promise<Viewer>;
  /** Rejects when the databases do not answer. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** What /health calls the store. */
  readonly storeType: string;
  /** Milliseconds for one request. */
  readonly requestTimeout: number;
  /** Bytes. */
  readonly maxBody: number;
  readonly log: Log;
}

export interface Server {
  /** @param port 0 for any free one */
  listen(port: number, host: string): Promise<AddressInfo>;
  /**
   * Goes on accepting for `delay` milliseconds while /readyz says no, then answers what is under way and closes. A request
   * that takes longer than its deadline is not waited for.
   */
  drain(delay: number): Promise<void>;
}

/** An Application Load Balancer reuses connections for 60 s; a server that closes them sooner causes 502s. */
const KEEP_ALIVE = 65_000;

export function createServer(options: ServerOptions): Server {
  const { log, requestTimeout } = options;
  let draining = false;

  const server = createHttpServer((req, res) => {
    const requestId = requestIdOf(req);
    res.setHeader('x-request-id', requestId);
    res.setHeader('x-content-type-options', 'nosniff');
    if (options.playground?.handle(req, res)) return;
    const started = performance.now();
    void answer(req, requestId)
      .catch((error: unknown) => {
        log.error({ err: error, requestId }, 'a request failed');
        return errorResponse(500, `Internal server error. The request's id is ${requestId}.`);
      })
      .then((response) => {
        send(req, res, response, draining);
        const duration = Math.round(performance.now() - started);
        log.debug({ requestId, method: req.method, status: response.status, duration }, 'request');
      });
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = KEEP_ALIVE + 1_000;

  async function answer(req: IncomingMessage, requestId: string): Promise<HttpResponse> {
    const [path = '', query] = (req.url ?? '').split('?', 2);
    const deadline = new AbortController();
    // A hundred carts in one query are a hundred listeners, and no leak.
    setMaxListeners(0, deadline.signal);
    const timer = setTimeout(() => {
      deadline.abort(new DeadlineExceeded(requestTimeout));
    }, requestTimeout);
    try {
      const health = await answerHealth(path, deadline.signal);
      if (health) return health;
      const handler = options.route(path);
      if (!handler) return errorResponse(404, `There is nothing at ${path.slice(0, 100)}.`);
      return await handler({
        method: req.method ?? 'GET',
        path,
        search: query === undefined ? '' : `?${query}`,
        headers: req.headers,
        viewer: await options.identify(req),
        body: await readBody(req, options.maxBody),
        requestId,
        signal: deadline.signal,
      });
    } catch (error) {
      if (error instanceof BodyTooLarge) return errorResponse(413, error.message);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async function answerHealth(path: string, signal: AbortSignal): Promise<HttpResponse | undefined> {
    if (path === '/livez') return jsonResponse(200, { status: 'alive' });
    if (path !== '/readyz' && path !== '/health') return undefined;
    if (draining && path === '/readyz') return jsonResponse(503, { status: 'draining' });
    try {
      await options.ready(signal);
    } catch (error) {
      log.warn({ err: error }, 'the store is not ready');
      return jsonResponse(503, { status: 'unavailable', store: options.storeType });
    }
    return jsonResponse(200, {
      status: path === '/health' ? 'healthy' : 'ready',
      store: options.storeType,
    });
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve(server.address() as AddressInfo);
        });
      }),

    async drain(delay) {
      draining = true;
      await new Promise((resolve) => setTimeout(resolve, delay));
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const patience = setTimeout(() => {
        server.closeAllConnections();
      }, requestTimeout + 1_000);
      await closed;
      clearTimeout(patience);
    },
  };
}

/** The caller's own id where it is harmless to repeat, else a new one. */
function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:/-]{1,128}$/.test(given) ? given : randomUUID();
}

function send(req: IncomingMessage, res: ServerResponse, response: HttpResponse, draining: boolean): void {
  if (draining) res.setHeader('connection', 'close');
  const length = Buffer.byteLength(response.body);
  res.writeHead(response.status, {
    ...response.headers,
    ...(response.status !== 204 && { 'content-length': length }),
  });
  res.end(req.method === 'HEAD' ? undefined : response.body);
}
