/** One request of the parity suite, sent over HTTP with exactly the headers it names. */
import { Agent, request as openRequest, type IncomingHttpHeaders } from 'node:http';
import type { Viewer } from '../../src/cart/viewer.ts';

/** One of the two servers that are compared. */
export interface Party {
  readonly url: URL;
  close(): Promise<void>;
}

export interface Question {
  readonly query?: string;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

export interface ParityRequest {
  /** POST unless given. */
  readonly method?: string;
  /** With its question mark. */
  readonly search?: string;
  /** Instead of `content-type: application/json`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Staff unless given. */
  readonly viewer?: Viewer;
}

/** What both servers must agree on. */
export interface Reply {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  readonly allow: string | undefined;
  readonly body: string;
}

/** Both servers name the request so in a masked error. */
export const REQUEST_ID = 'the-request';

const VIEWER = 'x-viewer';

/** In place of a token, which is not this suite's subject. */
export function viewerOf(headers: IncomingHttpHeaders): Viewer {
  return JSON.parse(String(headers[VIEWER])) as Viewer;
}

const agent = new Agent({ keepAlive: true });

export function send(url: URL, question: Question, given: ParityRequest = {}): Promise<Reply> {
  const { method = 'POST', search = '', viewer = { kind: 'staff' } } = given;
  const { headers = { 'content-type': 'application/json' }, body = JSON.stringify(question) } = given;
  return new Promise((resolve, reject) => {
    const request = openRequest(new URL(search, url), {
      method,
      agent,
      headers: {
        ...headers,
        'x-request-id': REQUEST_ID,
        [VIEWER]: JSON.stringify(viewer),
        ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        const { 'content-type': contentType, 'cache-control': cacheControl, allow } = headers;
        resolve({ status, contentType, cacheControl, allow, body: text });
      });
    });
    request.end(body);
  });
}
