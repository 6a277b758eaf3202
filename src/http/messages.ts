/** HTTP as values: what server.ts takes from a socket and puts back, so that routes are functions. */
import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';
import type { Viewer } from '../cart/viewer.ts';
import type { Signal } from '../waiting/abortable.ts';
import { LONGEST_MEDIA_TYPES } from './media-type.ts';

export interface HttpRequest {
  /** Who is asking. */
  readonly viewer: Viewer;
  /** Aborts when an answer is of no use any more. */
  readonly signal: Signal;
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** With the question mark; empty when there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** The whole body as text; empty when there is none. */
  readonly body: string;
  readonly requestId: string;
  /** What the log calls the request, where that is another. */
  readonly loggedId?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where it is a file's. */
  readonly body: string | Buffer;
  /** The fault of the service that the answer tells of: for the log, not for the client. */
  readonly fault?: unknown;
  /** For the log and for numbers: what was asked for, and the code of the error. Never what a client has written. */
  readonly operation?: string | undefined;
  readonly code?: string | undefined;
}

export interface Handler {
  (request: HttpRequest): Promise<HttpResponse>;
  /** The pattern of the paths that it is for: `/shopping-carts/{id}`. */
  readonly pattern?: string;
}

/** A request that is answered without a slot: nobody asks who sent it, and its body is not read. */
export type PageRequest = Pick<HttpRequest, 'method' | 'path' | 'headers'>;

/** Answers GET and HEAD; the server refuses what has another method. */
export type PageHandler = (request: PageRequest) => HttpResponse | Promise<HttpResponse>;

/** A route whose requests need no slot. */
export interface Page {
  readonly pattern: string;
  readonly handle: PageHandler;
  /** It is there without the prefix too under which a load balancer passes requests on. */
  readonly besidePrefix?: boolean;
}

/** What is at a path, if there is anything. */
export type FindRoute = (path: string) => Handler | Page | undefined;

/** Why a request is refused before any route has seen it, or was lost in one. */
export interface Refusal {
  readonly status: number;
  /** For programs: the code of the error in GraphQL. */
  readonly code: string;
  /** For numbers, where the code does not tell everything. */
  readonly reason?: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonResponse(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/** An error in the form of the REST routes: `{"message": …}`. */
export function errorResponse(status: number, message: string): HttpResponse {
  return jsonResponse(status, { message });
}

const GRAPHQL_TYPES = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'];

/** An error's answer under the media type that its client prefers (GraphQL over HTTP); JSON where it prefers neither. */
export function withGraphQLType(response: HttpResponse, { accept }: IncomingHttpHeaders): HttpResponse {
  if (accept === undefined || accept.length > LONGEST_MEDIA_TYPES || !accept.includes('graphql'))
    return response;
  const type = new Negotiator({ headers: { accept } }).mediaType(GRAPHQL_TYPES);
  if (type === undefined) return response;
  return { ...response, headers: { ...response.headers, 'content-type': type } };
}

/** A refusal in the form of GraphQL: `{"errors": [{"message": …, "extensions": {"code": …}}]}`. */
export function graphqlErrorResponse({ status, code, message }: Refusal): HttpResponse {
  return { ...jsonResponse(status, { errors: [{ message, extensions: { code } }] }), code };
}

/** What the first of them has at a path that has anything there. */
export function firstOf(finders: readonly FindRoute[]): FindRoute {
  return (path) => {
    for (const find of finders) {
      const route = find(path);
      if (route) return route;
    }
    return undefined;
  };
}
