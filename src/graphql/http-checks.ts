/** What GraphQL over HTTP asks of a request before any GraphQL is read. */
import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';
import { mediaTypeProblem } from '../http/media-type.ts';
import { graphqlErrorResponse, type HttpRequest, type HttpResponse } from '../http/messages.ts';

const offered = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'];

/** Undefined for a request that Apollo may see. The answer's type is settled first: a change must not end in a 406. */
export function refuseByHeaders({ method, headers }: HttpRequest): HttpResponse | undefined {
  if (method !== 'GET' && method !== 'POST') {
    const response = refused(405, 'METHOD_NOT_ALLOWED', 'The method must be GET or POST.');
    return { ...response, headers: { ...response.headers, allow: 'GET, POST' } };
  }
  const problem = method === 'POST' ? mediaTypeProblem(headers) : undefined;
  if (problem !== undefined) return refused(415, 'UNSUPPORTED_MEDIA_TYPE', problem);
  if (!acceptsJson(headers)) {
    const message = `The accept header must allow application/graphql-response+json or application/json.`;
    return refused(406, 'NOT_ACCEPTABLE', message);
  }
  return undefined;
}

function refused(status: number, code: string, message: string): HttpResponse {
  return graphqlErrorResponse({ status, code, message });
}

function acceptsJson(headers: IncomingHttpHeaders): boolean {
  const { accept } = headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  return new Negotiator({ headers: { accept } }).mediaType(offered) !== undefined;
}
