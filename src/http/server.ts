/** The HTTP server: sockets in front of the routes, limits, deadlines, and an end without lost answers. */
import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeysUnavailable } from '../auth/unauthenticated.ts';
import type { Identify } from '../auth/identifier.ts';
import type { Cors } from './cors.ts';
import { createDeadlines } from './deadlines.ts';
import { createHealth, type HealthOptions } from './health.ts';
import { errorResponse, type Handler, type HttpResponse, type Refusal } from './messages.ts';
import { readBody } from './read-body.ts';
import { takeWaiting } from './take-waiting.ts';
import { fault, notFound, overloaded, refusalOf } from './refusals.ts';

export interface ServerOptions extends Omit<HealthOptions, 'isDraining'> {
  /** The handler of a path, if there is one. */
  readonly route: (path: string) => Handler | undefined;
  /** A refusal in the form that a path's clients understand; without it that of {@link errorResponse}. */
  readonly refuse?: (path: string, refusal: Refusal) => HttpResponse;
  /** Answers pages and files by itself; true when it has. */
  readonly playground?: { handle(req: IncomingMessage, res: ServerResponse): boolean };
  /** Who is asking. */
  readonly identify: Identify;
  readonly cors: Cors;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds for one request. */
  readonly requestTimeout: number;
  /** Bytes. */
  readonly maxBody: number;
  /** Requests that are answered at one time; any more are refused at once. */
  readonly maxInFlight: number;
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

/** Milliseconds without a byte after which a connection in the middle of an answer is given up. */
const STALLED = 30_000;

export function createServer(options: ServerOptions): Server {
  const { log, requestTimeout, maxInFlight, cors, identify } = options;
  const refuse = options.refuse ?? ((_path, { status, message }) => errorResponse(status, message));
  let draining = false;
  let inFlight = 0;
  const begin = createDeadlines(requestTimeout);
  const health = createHealth({ ...options, isDraining: () => draining });

  const always = Object.entries(options.headers);
  const leave = () => {
    inFlight -= 1;
  };

  const server = createHttpServer((req, res) => {
    if (options.playground?.handle(req, res)) return;
    const requestId = requestIdOf(req);
    const [path, search] = splitOnce(req.url ?? '');
    const reply = (response: HttpResponse, more?: Readonly<Record<string, string>>) => {
      const { status, headers, body, fault } = response;
      if (fault !== undefined) log.error({ err: fault, requestId }, 'a request failed');
      const own = { ...cors.headersFor(req.headers), ...headers, ...more, 'x-request-id': requestId };
      send(req, res, status, listHeaders(always, draining ? { ...own, connection: 'close' } : own), body);
    };
    const preflight = cors.preflightFor(req.method, req.headers);
    if (preflight) {
      reply({ status: 204, headers: preflight, body: '' });
      return;
    }
    if (!health.has(path)) {
      if (inFlight >= maxInFlight) {
        reply(refuse(path, overloaded), overloaded.headers);
        return;
      }
      inFlight += 1;
      res.on('close', leave);
    }
    const started = performance.now();
    answer(req, path, search, requestId)
      .then(reply, (error: unknown) => {
        const refusal = refusalOf(error);
        if (!refusal) log.error({ err: error, requestId }, 'a request failed');
        if (error instanceof KeysUnavailable) log.error({ err: error.cause, requestId }, error.message);
        const { headers } = refusal ?? {};
        reply(refuse(path, refusal ?? fault(requestId)), headers);
      })
      .then(() => {
        const duration = Math.round(performance.now() - started);
        log.debug({ requestId, method: req.method, status: res.statusCode, duration }, 'request');
      })
      .catch((error: unknown) => {
        log.error({ err: error, requestId }, 'an answer could not be sent');
        res.destroy();
      });
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = KEEP_ALIVE + 1_000;
  server.timeout = STALLED;

  async function answer(
    req: IncomingMessage,
    path: string,
    search: string,
    requestId: string,
  ): Promise<HttpResponse> {
    const signal = begin();
    if (health.has(path)) return health.answer(path, signal);
    const handler = options.route(path);
    if (!handler) return refuse(path, notFound(path));
    const viewer = await identify(req.headers);
    const body = await readBody(req, options.maxBody, signal);
    const { method = 'GET', headers } = req;
    return handler({ method, path, search, headers, viewer, body, requestId, signal });
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
      await takeWaiting(server);
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

/** The path, and the query string with its question mark. */
function splitOnce(url: string): [path: string, search: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
}

/** The caller's own id where it is harmless to repeat, else a new one. */
function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:/-]{1,128}$/.test(given) ? given : randomUUID();
}

/**
 * Names and values in turn, the form that node:http writes fastest.
 * @param own takes the place of the same names in `always`
 */
function listHeaders(
  always: readonly (readonly [string, string])[],
  own: Readonly<Record<string, string>>,
): string[] {
  const list: string[] = [];
  for (const [name, value] of always) if (!(name in own)) list.push(name, value);
  for (const name in own) list.push(name, own[name] as string);
  return list;
}

function send(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  headers: string[],
  body: string,
): void {
  if (status !== 204) headers.push('content-length', String(Buffer.byteLength(body)));
  res.writeHead(status, headers);
  res.end(req.method === 'HEAD' ? undefined : body);
}
