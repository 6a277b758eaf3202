/** One request: its path, its body, a slot, who asks, its time, its answer. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { KeysUnavailable } from '../auth/unauthenticated.ts';
import type { Log } from '../process/log.ts';
import type { Traced } from '../tracing/tracer.ts';
import { createAnswer, type AnswerOptions } from './answer.ts';
import type { Connections } from './connections.ts';
import type { Cors } from './cors.ts';
import { CLIENT_GONE, codeOfStatus, methodName, type EndedRequest } from './ended-request.ts';
import type { Connection } from './half-closed.ts';
import { errorResponse, type FindRoute, type HttpResponse, type Refusal } from './messages.ts';
import { fault, headProblem, notFound, onlyReads, overloaded, refusalOf, tooManyOpen } from './refusals.ts';
import type { RequestMeter } from './request-meter.ts';
import type { RequestSpans } from './request-spans.ts';
import { requestIdOf, type RequestId } from './request-id.ts';
import { ClientGone, type RequestSignal } from './request-signal.ts';
import { parseTarget, underBase } from './request-target.ts';
import { createRespond, type RespondOptions } from './respond.ts';

export interface ExchangeOptions extends AnswerOptions, RespondOptions {
  readonly route: FindRoute;
  /** The path before all others, under which a load balancer passes requests on: "/shop". */
  readonly basePath?: string;
  /** A refusal in the form that a path's clients understand; without it that of {@link errorResponse}. */
  readonly refuse?: (path: string, refusal: Refusal, headers: IncomingHttpHeaders) => HttpResponse;
  readonly cors: Cors;
  /** Whether an answer ends its connection. */
  readonly isEnding: () => boolean;
  readonly connections: Connections;
  readonly log: Log;
  readonly requests: RequestMeter;
  readonly spans: RequestSpans;
}

/** A request whose answer has not been sent. */
interface Open extends RequestId {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly connection: Connection;
  /** Without the prefix. */
  readonly path: string;
  readonly route: string;
  /** `performance.now()`. */
  readonly started: number;
  /** Absent where there are no traces, and for pages. */
  readonly traced: Traced | undefined;
  /** Once it has a slot. */
  signal: RequestSignal | undefined;
  /** There is nobody to answer. */
  gone: boolean;
}

/** Takes every request of a server, and never throws. */
export function createExchange(
  options: ExchangeOptions,
): (req: IncomingMessage, res: ServerResponse) => void {
  const { connections, requests, spans } = options;
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
      ...requestIdOf(req.headers['x-request-id']),
      path: found.path,
      route: found.route,
      started: performance.now(),
      traced: typeof found.target === 'function' ? spans.begin(req, found.route) : undefined,
      signal: undefined,
      gone: false,
    };
    requests.began();
    res.on('close', () => {
      requests.closed();
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
function createServe(
  options: ExchangeOptions,
  { reply, refused, failed }: ReturnType<typeof createReplies>,
): (open: Open, found: Found) => void {
  const { cors, log } = options;
  const { answer, isFull } = createAnswer(options);

  /** Sends the answer, or that of a failure. Never rejects. */
  function send(open: Open, response: Promise<HttpResponse>): void {
    response
      .then(
        (response) => {
          reply(open, response);
        },
        (error: unknown) => {
          failed(open, error);
        },
      )
      .catch((error: unknown) => {
        log.error({ err: error, ...named(open) }, 'an answer could not be sent');
        open.res.destroy();
      });
  }

  return (open, { target, search }) => {
    const { path } = open;
    const { method = 'GET', headers } = open.req;
    const preflight = cors.preflightFor(method, headers);
    if (preflight) reply(open, { status: 204, headers: preflight, body: '' });
    else if (!target) refused(open, notFound(path));
    else if (typeof target === 'function') {
      if (isFull()) refused(open, overloaded);
      else send(open, answer(target, open, search));
    } else if (method !== 'GET' && method !== 'HEAD') refused(open, onlyReads);
    else
      send(
        open,
        promiseOf(() => target.handle({ method, path, headers })),
      );
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
  /** The pattern of the path; empty where there is nothing. */
  readonly route: string;
  readonly search: string;
  readonly target: ReturnType<FindRoute>;
}

/** What is at the target of a request. */
function createFind({ route, basePath = '' }: ExchangeOptions) {
  return (url: string): Found => {
    const { path: whole, search } = parseTarget(url);
    const behind = underBase(whole, basePath);
    const path = behind ?? whole;
    const there = route(path);
    const isHere = behind !== undefined || (typeof there === 'object' && there.besidePrefix === true);
    const target = isHere ? there : undefined;
    return { path, route: target?.pattern ?? '', search, target };
  };
}

/** The ways in which a request can end. */
function createReplies(options: ExchangeOptions) {
  const { cors, log, basePath = '', isEnding, requests } = options;
  const refuse = options.refuse ?? ((_path, { status, message }) => errorResponse(status, message));
  const respond = createRespond(options);
  const noteKeys = createKeyNotes(log);

  function reply(open: Open, response: HttpResponse, more?: Readonly<Record<string, string>>): void {
    const { status, headers, body, fault: cause } = response;
    if (cause !== undefined && !(cause instanceof ClientGone)) {
      log.error({ err: cause, ...named(open) }, 'a request failed');
    }
    if (open.gone) {
      requests.ended(toEnded(open, response, undefined));
      return;
    }
    const own: Record<string, string> = {
      ...cors.headersFor(open.req.headers),
      ...headers,
      ...more,
      'x-request-id': open.requestId,
    };
    if (basePath !== '' && own['location']?.startsWith('/')) own['location'] = basePath + own['location'];
    if (isEnding()) own['connection'] = 'close';
    respond(open, { status, headers: own, body });
    requests.ended(toEnded(open, response, status));
  }

  function refused(open: Open, refusal: Refusal): void {
    requests.refused(refusal.reason ?? refusal.code);
    const { code } = refusal;
    reply(open, { ...refuse(open.path, refusal, open.req.headers), code }, refusal.headers);
  }

  function failed(open: Open, error: unknown): void {
    const { requestId } = open;
    const refusal = refusalOf(error);
    if (!refusal && !(error instanceof ClientGone))
      log.error({ err: error, ...named(open) }, 'a request failed');
    if (error instanceof KeysUnavailable) noteKeys(error, open.loggedId);
    refused(open, refusal ?? fault(requestId));
  }

  return { reply, refused, failed };
}

/** One line for each failed attempt to get the keys, however many requests it fails. */
function createKeyNotes(log: Log): (error: KeysUnavailable, requestId: string) => void {
  let noted: unknown;
  return ({ cause, message }, requestId) => {
    const origin = cause instanceof Error ? (cause.cause ?? cause) : cause;
    if (origin === noted) return;
    noted = origin;
    log.error({ err: cause, requestId }, message);
  };
}

/** How lines of the log name a request. */
function named({ loggedId, traced }: Open) {
  return { requestId: loggedId, ...(traced && { trace: traced.traceId }) };
}

function toEnded(
  { req, route, started, loggedId, traced }: Open,
  response: HttpResponse,
  status: number | undefined,
): EndedRequest {
  const method = methodName(req.method ?? 'GET');
  const { operation = method, code = codeOfStatus(response.status) } = response;
  const { headers } = req;
  const how = status === undefined ? CLIENT_GONE : code;
  return { method, route, operation, code: how, status, started, requestId: loggedId, headers, traced };
}
