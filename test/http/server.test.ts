import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { jsonResponse } from '../../src/http/messages.ts';
import { listen } from './listen.ts';

describe('the server', () => {
  it('says whether it lives without asking the store, and whether it is ready by asking', async () => {
    const { server, url } = await listen({ ready: () => Promise.reject(new Error('no database')) });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: 'unavailable', store: 'postgres' });
    await server.drain(0);
  });

  it('refuses a body beyond the limit and passes on one within it', async () => {
    const { server, url } = await listen({
      route:
        () =>
        ({ body }) =>
          Promise.resolve(jsonResponse(200, body.length)),
    });
    const post = (length: number) => fetch(`${url}/x`, { method: 'POST', body: 'x'.repeat(length) });
    expect(await (await post(100)).json()).toBe(100);
    const refused = await post(101);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ message: 'The body must have at most 100 bytes.' });
    await server.drain(0);
  });

  it('masks what a handler throws and repeats the request’s id', async () => {
    const { server, url } = await listen({ route: () => () => Promise.reject(new Error('secret')) });
    const answer = await fetch(`${url}/x`, { headers: { 'x-request-id': 'trace-1' } });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([500, 'trace-1']);
    expect(await answer.text()).toContain('trace-1');
    const odd = await fetch(`${url}/x`, { headers: { 'x-request-id': 'a b"c' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await server.drain(0);
  });

  it('gives a handler a signal that ends with the deadline', async () => {
    const { server, url } = await listen({
      requestTimeout: 50,
      route:
        () =>
        ({ signal }) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              resolve(jsonResponse(200, signal.reason.message));
            });
          }),
    });
    expect(await (await fetch(`${url}/x`)).json()).toContain('longer than 50 ms');
    await server.drain(0);
  });

  it('answers those too whose connection nobody has taken yet when it is told to stop', async () => {
    const { server, url } = await listen({ route: () => () => Promise.resolve(jsonResponse(200, 'done')) });
    const request = 'GET /x HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
    const answers = Array.from({ length: 20 }, () => {
      // The system accepts the connection at once; the server hears of it in the next turn of the event loop.
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(request);
      return text(socket);
    });
    await server.drain(0);
    for (const answer of await Promise.all(answers)) expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('answers what is under way before it closes, and is not ready meanwhile', async () => {
    let finish: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { server, url } = await listen({ route: () => () => slow.then(() => jsonResponse(200, 'done')) });
    const underWay = fetch(`${url}/x`);
    await fetch(`${url}/livez`);
    const drained = server.drain(1_500);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await vi.waitFor(async () => {
      await expect(fetch(`${url}/livez`)).rejects.toThrow();
    }, 20_000);
    finish();
    expect(await (await underWay).json()).toBe('done');
    await drained;
  });
});
