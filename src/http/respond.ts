/** Puts an answer on its connection. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptsGzip, compress } from './compress.ts';
import { sendRest, type Connection } from './half-closed.ts';
import type { HttpResponse } from './messages.ts';
import type { UnreadAnswers } from './unread-answers.ts';

type Headers = Readonly<Record<string, string>>;

export interface RespondOptions {
  /** Headers of every answer, unless it has its own of the same name. */
  readonly headers: Headers;
  /** Is told of an answer that its connection does not take at once. */
  readonly unread: UnreadAnswers;
  /** Bytes from which on an answer is compressed where its client asks for that; none is without it. */
  readonly compressFrom?: number | undefined;
}

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly connection: Connection;
  readonly gone: boolean;
}

export function createRespond({ headers: always, unread, compressFrom = Infinity }: RespondOptions) {
  const entries = Object.entries(always);

  function send(exchange: Exchange, { status, headers, body }: HttpResponse, length: number): void {
    const { req, res, connection } = exchange;
    const list: string[] = [];
    for (const [name, value] of entries) if (!(name in headers)) list.push(name, value);
    // Names and values in turn: the form that node:http writes fastest.
    for (const name in headers) list.push(name, headers[name] as string);
    if (status !== 204 && status !== 304) list.push('content-length', String(length));
    const sent = req.method === 'HEAD' ? '' : body;
    if (connection.sent > 0 && res.socket) {
      sendRest(res.socket, connection, status, list, sent);
    } else {
      res.writeHead(status, list);
      res.end(sent);
    }
    unread.add(res, length);
  }

  return (exchange: Exchange, response: HttpResponse): void => {
    const { body } = response;
    const length = Buffer.byteLength(body);
    // A file has an ETag of its own for its own bytes.
    if (length < compressFrom || typeof body !== 'string') {
      send(exchange, response, length);
      return;
    }
    const headers = withVary(response.headers);
    if (!acceptsGzip(exchange.req.headers)) {
      send(exchange, { ...response, headers }, length);
      return;
    }
    compress(body, (compressed) => {
      if (exchange.gone) return;
      if (!compressed) send(exchange, { ...response, headers }, length);
      else {
        const encoded = { ...headers, 'content-encoding': 'gzip' };
        send(exchange, { ...response, headers: encoded, body: compressed }, compressed.length);
      }
    });
  };
}

function withVary(headers: Headers): Headers {
  const { vary } = headers;
  return { ...headers, vary: vary === undefined ? 'accept-encoding' : `${vary}, accept-encoding` };
}
