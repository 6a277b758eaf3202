/** One request: its path, its body, a slot, who asks, its time, its answer. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { KeysUnavailable } from '../auth/unauthenticated.ts';
import type { Log } from '../process/log.ts';
import { createAnswer, type AnswerOptions } from './answer.ts';
import type { Connections } from './connections.ts';
import type { Cors } from './cors.ts';
import type { Connection } from './half-closed.ts';
import {
  errorResponse,
  type Handler,
  type HttpResponse,
  type PageHandler,
  type Refusal,
} from './messages.ts';
import { fault, headProblem, notFound, onlyReads, refusalOf, tooManyOpen } from './refusals.ts';
import { ClientGone, type RequestSignal } from './request-signal.ts';
import { parseTarget, underBase } from './request-target.ts';
import { createRespond, type RespondOptions } from './respond.ts';

export interface ExchangeOptions extends AnswerOptions, RespondOptions {
  /** The handler of a path, if there is one. */
  readonly route: (path: string) => Handler | undefined;
  /** The page or file at a path, if there is one. */
  readonly pages?: ((path: string) => PageHandler | undefined) | undefined;
  readonly health: (path: string) => PageHandler | undefined;
  /** The path before all others, under which a load balancer passes requests on: "/shop". Health is there without it too. */
  readonly basePath?: string;
  /** A refusal in the form that a path's clients understand; without it that of {@link errorResponse}. */
  readonly refuse?: (path: string, refusal: Refusal, headers: IncomingHttpHeaders) => HttpResponse;
  readonly cors: Cors;
  /** Whether an answer ends its connection. */
  readonly isEnding: () => boolean;
  readonly connections: Connections;
  readonly log: Log;
}

/** A request whose answer has not been sent. */
interface Open {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly connection: Connection;
  readonly requestId: string;
  /** Without the prefix. */
  readonly path: string;
  /** Once it has a slot. */
  signal: RequestSignal | undefined;
  /** There is nobody to answer. */
  gone: boolean;
}

/** Takes every request of a server, and never throws. */
export function createExchange(
  options: ExchangeOptions,
): (req: IncomingMessage, res: ServerResponse) => void {
  const { connections } = options;
  const find = createFind(options);
  const replies = createReplies(options);
  const serve = createServe(options, replies);

  return (req, res) => {
    const { socket } = req;
    const connection = connections.begin(socket, res);
    if (!connection) return;
    const found = find(req.url ?? '');
    const open: Open = {
      req,
      res,
      connection,
      requestId: requestIdOf(req),
      path: found.path,
      signal: undefined,
      gone: false,
    };
    res.on('close', () => {
      connections.end(socket, connection);
      open.gone = true;
      open.signal?.leave();
    });
    const refusal = connection.full ? tooManyOpen : headProblem(req);
    if (refusal) replies.refused(open, refusal);
    else serve(open, found);
  };
}

/** Answers a request by what was found at its target. */
// eslint-disable-next-line max-lines-per-function -- the three ways in which a request is served, one after the other
function createServe(
  options: ExchangeOptions,
  { reply, refused, failed }: ReturnType<typeof createReplies>,
): (open: Open, found: Found) => void {
  const { cors, log } = options;
  const answer = createAnswer(options);

  /** Sends the answer, or that of a failure. Never rejects. */
  function send(open: Open, response: Promise<HttpResponse>, sent?: () => void): void {
    response
      .then(
        (response) => {
          reply(open, response);
        },
        (error: unknown) => {
          failed(open, error);
        },
      )
      .then(sent)
      .catch((error: unknown) => {
        log.error({ err: error, requestId: open.requestId }, 'an answer could not be sent');
        open.res.destroy();
      });
  }

  return (open, { page, handler, search }) => {
    const { req, res, requestId, path } = open;
    const { method = 'GET', headers } = req;
    const preflight = cors.preflightFor(method, headers);
    if (preflight) reply(open, { status: 204, headers: preflight, body: '' });
    else if (page && method !== 'GET' && method !== 'HEAD') refused(open, onlyReads);
    else if (page)
      send(
        open,
        promiseOf(() => page({ method, path, headers })),
      );
    else if (handler) {
      const started = performance.now();
      send(open, answer(handler, open, search), () => {
        const duration = Math.round(performance.now() - started);
        log.debug({ requestId, method, status: open.gone ? undefined : res.statusCode, duration }, 'request');
      });
    } else refused(open, notFound(path));
  };
}

/** Work that is begun at once; what it throws fails the promise. */
function promiseOf<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

interface Found {
  /** Without the prefix. */
  readonly path: string;
  readonly search: string;
  readonly page: PageHandler | undefined;
  readonly handler: Handler | undefined;
}

/** What is at the target of a request. */
function createFind({ route, pages, health, basePath = '' }: ExchangeOptions) {
  return (url: string): Found => {
    const { path: whole, search } = parseTarget(url);
    const path = underBase(whole, basePath);
    if (path === undefined) return { path: whole, search, page: health(whole), handler: undefined };
    const page = health(path);
    const handler = page ? undefined : route(path);
    return { path, search, page: handler ? undefined : (page ?? pages?.(path)), handler };
  };
}

/** The ways in which a request can end. */
function createReplies(options: ExchangeOptions) {
  const { cors, log, basePath = '', isEnding } = options;
  const refuse = options.refuse ?? ((_path, { status, message }) => errorResponse(status, message));
  const respond = createRespond(options);

  function reply(open: Open, response: HttpResponse, more?: Readonly<Record<string, string>>): void {
    const { status, headers, body, fault: cause } = response;
    if (cause !== undefined && !(cause instanceof ClientGone)) {
      log.error({ err: cause, requestId: open.requestId }, 'a request failed');
    }
    if (open.gone) return;
    const own: Record<string, string> = {
      ...cors.headersFor(open.req.headers),
      ...headers,
      ...more,
      'x-request-id': open.requestId,
    };
    if (basePath !== '' && own['location']?.startsWith('/')) own['location'] = basePath + own['location'];
    if (isEnding()) own['connection'] = 'close';
    respond(open, { status, headers: own, body });
  }

  function refused(open: Open, refusal: Refusal): void {
    reply(open, refuse(open.path, refusal, open.req.headers), refusal.headers);
  }

  function failed(open: Open, error: unknown): void {
    const { requestId } = open;
    const refusal = refusalOf(error);
    if (!refusal && !(error instanceof ClientGone)) log.error({ err: error, requestId }, 'a request failed');
    if (error instanceof KeysUnavailable) noteKeys(error, requestId);
    refused(open, refusal ?? fault(requestId));
  }

  /** One line for each failed attempt to get the keys, however many requests it fails. */
  let noted: unknown;
  function noteKeys({ cause, message }: KeysUnavailable, requestId: string): void {
    const origin = cause instanceof Error ? (cause.cause ?? cause) : cause;
    if (origin === noted) return;
    noted = origin;
    log.error({ err: cause, requestId }, message);
  }

  return { reply, refused, failed };
}

/** The caller's own id where it is harmless to repeat, else a new one. */
function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:/-]{1,128}$/.test(given) ? given : randomUUID();
}
