/** Keep-alive JSON over HTTP with little client CPU: undici's pool, one request at a time per connection. */
import { Pool } from 'undici';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface HttpClient {
  request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/**
 * @param baseUrl origin, with or without a path in front of the service's own
 * @param connections at most this many at once; further requests wait, and the wait counts as latency
 * @param timeoutMs without an answer for so long a request fails
 */
export function openHttpClient(baseUrl: string, connections = 128, timeoutMs = 10_000): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  return {
    async request(method, path, body) {
      const { statusCode, body: stream } = await pool.request({
        method,
        path: prefix + path,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: statusCode, body: await stream.text() };
    },
    close: () => pool.destroy(),
  };
}
