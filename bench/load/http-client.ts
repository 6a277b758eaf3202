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

/** Bearer token for every request; an environment variable, since arguments can be read by every user of a machine. */
export const TOKEN_VARIABLE = 'BENCH_TOKEN';

/**
 * More than an open loop ever has under way (2,000): with fewer, requests would queue in here, and the latency, the knee and
 * the share that is achieved would be the generator's own.
 */
const CONNECTIONS = 2048;

/**
 * @param baseUrl origin, with or without a path in front of the service's own
 * @param options connections: at most this many at once; further requests wait, and the wait counts as latency.
 *   timeoutMs: without an answer for so long a request fails. token: sent as a bearer token; BENCH_TOKEN unless given
 */
export function openHttpClient(
  baseUrl: string,
  {
    connections = CONNECTIONS,
    timeoutMs = 10_000,
    token = process.env[TOKEN_VARIABLE] ?? '',
  }: { connections?: number; timeoutMs?: number; token?: string } = {},
): HttpClient {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const pool = new Pool(origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
  return {
    async request(method, path, body) {
      const { statusCode, body: stream } = await pool.request({
        method,
        path: prefix + path,
        headers:
          body === undefined ? authorization : { 'content-type': 'application/json', ...authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: statusCode, body: await stream.text() };
    },
    close: () => pool.destroy(),
  };
}
