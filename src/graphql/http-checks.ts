/** What GraphQL over HTTP asks of a request before any GraphQL is read. */
import type { IncomingHttpHeaders } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { LONGEST_MEDIA_TYPES, mediaTypeProblem } from '../http/media-type.ts';
import { graphqlErrorResponse, type HttpRequest, type HttpResponse } from '../http/messages.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const offered = [JSON_TYPE, 'application/graphql-response+json; charset=utf-8'];

/** The media type of the answer, whoever writes it, or why there is none. It is settled first: a change must not end in a 406. */
export function checkHeaders({ method, headers }: HttpRequest): string | HttpResponse {
  if (method !== 'GET' && method !== 'POST') {
    const response = refused(405, 'METHOD_NOT_ALLOWED', 'The method must be GET or POST.');
    return { ...response, headers: { ...response.headers, allow: 'GET, POST' } };
  }
  const problem = method === 'POST' ? mediaTypeProblem(headers) : undefined;
  if (problem !== undefined) return refused(415, 'UNSUPPORTED_MEDIA_TYPE', problem);
  const message = `The accept header must allow application/graphql-response+json or application/json.`;
  return chooseMediaType(headers) ?? refused(406, 'NOT_ACCEPTABLE', message);
}

function refused(status: number, code: string, message: string): HttpResponse {
  return graphqlErrorResponse({ status, code, message });
}

/** Media types by what clients accept, which they say with each request. */
const chosen = new LRUCache<string, { readonly type: string | undefined }>({ max: 100 });

/** Undefined where a client takes neither of the two. */
function chooseMediaType({ accept }: IncomingHttpHeaders): string | undefined {
  if (accept === undefined || isUsual(accept)) return JSON_TYPE;
  const known = chosen.get(accept);
  if (known) return known.type;
  const type = new Negotiator({ headers: { accept } }).mediaType(offered);
  chosen.set(accept, { type });
  return type;
}

/**
 * What any client accepts that has nothing special in mind, and to Apollo the same as no Accept header. So is one that is too
 * long to be looked at: a server may disregard it (RFC 9110, 12.5.1).
 */
function isUsual(accept: string): boolean {
  return accept === '*/*' || accept === 'application/json' || accept.length > LONGEST_MEDIA_TYPES;
}

/** The headers that Apollo looks at, besides those that are checked here. */
const HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/** Of a request that is not refused; what Apollo parses for itself is short. @param accept what was chosen for the answer */
export function headersForApollo({ method, headers }: HttpRequest, accept: string): HeaderMap {
  const map = new HeaderMap();
  const { 'content-type': type } = headers;
  // What was chosen, not what there was to choose from: Apollo has a list of its own, with one type more.
  if (accept !== JSON_TYPE) map.set('accept', accept);
  if (method === 'POST') map.set('content-type', 'application/json');
  else if (type !== undefined && type.length <= LONGEST_MEDIA_TYPES) map.set('content-type', type);
  for (const name of HEADERS) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
