/** Single requests as promises, over a pool; and requests as they go over the wire. */
import { openHttpPool } from './http-pool.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface HttpClient {
  request(method: 'GET' | 'POST', path: string, body?: unknown): Promise<HttpAnswer>;
  close(): void;
}

/** Bearer token for every request; an environment variable, since arguments can be read by every user of a machine. */
export const TOKEN_VARIABLE = 'BENCH_TOKEN';

/** @param headers beside those of the body, in small letters */
export function writeRequest(
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = { host: '127.0.0.1' },
): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body);
  const all = {
    ...headers,
    accept: 'application/json',
    ...(json === ''
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${json}`);
}

/** @param baseUrl origin, with or without a path in front of the service's own */
export function openHttpClient(baseUrl: string): HttpClient {
  const url = new URL(baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '');
  const pool = openHttpPool(url);
  const token = process.env[TOKEN_VARIABLE] ?? '';
  const headers = { host: url.host, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
  return {
    request: (method, path, body) =>
      new Promise((resolve, reject) => {
        pool.exchange(writeRequest(method, prefix + path, body, headers), true, (error, answer) => {
          if (answer) resolve({ status: answer.status, body: answer.body ?? '' });
          else reject(error ?? new Error('no answer'));
        });
      }),
    close: pool.close,
  };
}
