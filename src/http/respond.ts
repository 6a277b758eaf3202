/** Puts an answer on its connection. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendRest, type Connection } from './half-closed.ts';
import type { HttpResponse } from './messages.ts';
import type { UnreadAnswers } from './unread-answers.ts';

type Headers = Readonly<Record<string, string>>;

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly connection: Connection;
}

/**
 * @param always headers of every answer, unless it has its own of the same name
 * @param unread is told of an answer that the connection does not take at once
 */
export function createRespond(always: Headers, unread: UnreadAnswers) {
  const entries = Object.entries(always);

  return ({ req, res, connection }: Exchange, { status, headers, body }: HttpResponse): void => {
    const list: string[] = [];
    for (const [name, value] of entries) if (!(name in headers)) list.push(name, value);
    // Names and values in turn: the form that node:http writes fastest.
    for (const name in headers) list.push(name, headers[name] as string);
    const length = Buffer.byteLength(body);
    if (status !== 204 && status !== 304) list.push('content-length', String(length));
    const sent = req.method === 'HEAD' ? '' : body;
    if (connection.sent > 0 && res.socket) {
      sendRest(res.socket, connection, status, list, sent);
    } else {
      res.writeHead(status, list);
      res.end(sent);
    }
    unread.add(res, length);
  };
}
