/** HTTP as values: what server.ts takes from a socket and puts back, so that routes are functions. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './cart/cart-operations.ts';

export interface HttpRequest extends Caller {
  readonly method: string;
  /** Without the query string. */
  readonly path: string;
  /** With the question mark; empty when there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** The whole body as text; empty when there is none. */
  readonly body: string;
  readonly requestId: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

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
