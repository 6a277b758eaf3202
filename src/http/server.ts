/** The HTTP server: sockets in front of the routes, limits, deadlines, and an end without lost answers. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { closePort, openPort } from '../waiting/tcp-port.ts';
import { createConnections, type Connections } from './connections.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { createDeadlines } from './deadlines.ts';
import { noMeter, type Counter, type Meter } from '../metrics/meter.ts';
import { createRequestLog, type RequestLogOptions } from './request-log.ts';
import { createRequestMeter, type RequestMeter } from './request-meter.ts';
import { createRequestSpans, type RequestSpans } from './request-spans.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { createUnreadAnswers } from './unread-answers.ts';

export interface ServerOptions extends Omit<
  ExchangeOptions,
  'isEnding' | 'begin' | 'unread' | 'connections' | 'requests' | 'spans'
> {
  /** Connections at one time; beyond, those that idle are closed for others. */
  readonly maxConnections?: number;
  /** Bytes of all answers that their clients have not read. */
  readonly maxUnread?: number;
  /** Nothing is measured without one. */
  readonly meter?: Meter;
  /** Nothing is traced without one. */
  readonly tracer?: Tracer;
  /** Which requests have a line in the log; by default only those that are slow or were not done. */
  readonly requestLog?: RequestLogOptions;
}

export interface Server {
  /** As {@link openPort}. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Whether its end has begun. */
  isDraining(): boolean;
  /** In place of listening. */
  takeFrom(source: ConnectionSource): void;
  /**
   * Goes on as before for `delay` milliseconds, while {@link isDraining} tells whoever asks; then takes no more connections, ends those that are kept
   * with their next answer, answers what is under way and closes. A request that takes longer than its deadline is not waited for.
   */
  drain(delay: number): Promise<void>;
}

/** A process that accepts connections for others. */
export interface ConnectionSource {
  begin(take: (socket: Socket) => void): void;
  /** Resolves when no more of them come. */
  end(): Promise<void>;
}

/** An Application Load Balancer reuses connections for 60 s; a server that closes them sooner causes 502s. */
const KEEP_ALIVE = 65_000;

/** Milliseconds for the headers of a request: the default of Apache's mod_reqtimeout. */
const HEADERS = 20_000;

/** Milliseconds between two looks for connections whose headers or whole requests are late. */
const LOOK = 1_000;

/** Milliseconds without a byte after which a connection in the middle of an answer is given up. */
const STALLED = 30_000;

/** Milliseconds in which a connection that is kept alive gets an answer that ends it, before those that idle are closed. */
const MOMENT = 500;

/** Of one that is not told otherwise. */
const MAX_CONNECTIONS = 4_000;
const MAX_UNREAD = 32_000_000;
const CLOSED = [
  'cartwright_connections_closed_total',
  'Connections closed for others: too many of them, or an answer that was not read.',
] as const;

function closed(meter: Meter, reason: string): Counter {
  return meter.counter(...CLOSED, { reason });
}

const REQUEST_LOG = { sample: 0, slow: 1_000 };

// eslint-disable-next-line max-lines-per-function -- its end, beside what it is put together from
export function createServer(options: ServerOptions): Server {
  const { log, requestTimeout, meter = noMeter } = options;
  let draining = false;
  let ending = false;
  const spans = createRequestSpans(options.tracer);
  const server = openHttp(requestTimeout);
  let stopTaking = () => Promise.resolve();
  const { maxConnections = MAX_CONNECTIONS } = options;
  const connections = createConnections(server, maxConnections, log, closed(meter, 'too_many'));
  const exchange = createExchange({
    ...options,
    begin: createDeadlines(requestTimeout),
    isEnding: () => ending,
    unread: createUnreadAnswers(options.maxUnread ?? MAX_UNREAD, log, closed(meter, 'unread')),
    connections,
    requests: watchRequests(options, spans),
    spans,
  });
  server.on('request', exchange);

  return {
    listen(port, host) {
      stopTaking = () => connections.whileHeld(() => closePort(server));
      return openPort(server, port, host);
    },

    isDraining: () => draining,

    takeFrom({ begin, end }) {
      begin((socket) => {
        socket.allowHalfOpen = true;
        server.emit('connection', socket);
      });
      // By which node:http begins to look after the time of its connections.
      server.emit('listening');
      stopTaking = end;
    },

    async drain(delay) {
      draining = true;
      await sleep(delay);
      await stopTaking();
      ending = true;
      await close(server, connections, requestTimeout + 1_000);
    },
  };
}

function openHttp(requestTimeout: number): HttpServer {
  const server = createHttpServer({
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: HEADERS,
    // Bodies have deadlines of their own; this one ends those that nobody reads, of a refused request.
    requestTimeout: Math.max(HEADERS + 10_000, requestTimeout * 6),
    connectionsCheckingInterval: LOOK,
  });
  server.timeout = STALLED;
  return server;
}

/** Each request is a number, and may be a line of the log and a span. */
function watchRequests(
  { log, meter = noMeter, requestLog = REQUEST_LOG }: ServerOptions,
  spans: RequestSpans,
): RequestMeter {
  const requests = createRequestMeter(meter);
  const writeLine = createRequestLog(log, requestLog);
  return {
    ...requests,
    ended(request) {
      requests.ended(request);
      writeLine(request);
      spans.ended(request);
    },
  };
}

/**
 * Whoever comes from now on is refused, and has sent nothing. Were answers to end their connections before, clients would come
 * back by new ones, and some would be reset that wait to be accepted.
 * @param longest milliseconds until connections are closed that have an answer under way
 */
async function close(server: HttpServer, connections: Connections, longest: number): Promise<void> {
  const wait = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    while (connections.count > 0 && performance.now() < end) await sleep(10);
  };
  await wait(MOMENT);
  // What has come by now is read first.
  await new Promise((resolve) => setImmediate(resolve));
  server.close();
  await wait(longest);
  server.closeAllConnections();
}
