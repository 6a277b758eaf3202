import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { expect, it, vi } from 'vitest';
import { createBodies, type BodyRefused } from '../../src/http/read-body.ts';

/** As much of a request as is read, with a body that the test writes. */
function request(): IncomingMessage & PassThrough {
  return Object.assign(new PassThrough(), { headers: { 'transfer-encoding': 'chunked' } }) as never;
}
const outcome = (read: Promise<string>) =>
  read.then(
    (body) => body,
    (error: unknown) => (error as BodyRefused).status,
  );

it('has a least rate beyond its grace, and an end', async () => {
  let now = 0;
  const bodies = createBodies({ maxBody: 100_000, grace: 1_000, clock: () => now });
  const [nothing, slow, steady] = [request(), request(), request()];
  const outcomes = [nothing, slow, steady].map((req) => outcome(bodies.read(req)));
  slow.write('x'.repeat(500));
  steady.write('x'.repeat(100_000));
  await new Promise((resolve) => setImmediate(resolve));
  expect(bodies.bytes).toBe(100_500);
  now = 1_000;
  bodies.sweep();
  now = 1_001;
  bodies.sweep();
  expect(await Promise.all(outcomes.slice(0, 2))).toEqual([408, 408]);
  expect(bodies.bytes).toBe(100_000);
  now = 5_001;
  bodies.sweep();
  expect(await outcomes[2]).toBe(408);
  expect(bodies.bytes).toBe(0);
});

it('gives up the oldest when all together are too many bytes', async () => {
  const bodies = createBodies({ maxBody: 100, grace: 60_000, allBodies: 250 });
  const [first, second, third] = [request(), request(), request()];
  const outcomes = [first, second, third].map((req) => outcome(bodies.read(req)));
  for (const req of [first, second, third]) {
    req.write('x'.repeat(90));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await outcomes[0]).toBe(408);
  second.end('yy');
  third.end();
  expect((await Promise.all(outcomes.slice(1))).map((body) => String(body).length)).toEqual([92, 90]);
  expect(bodies.bytes).toBe(0);
});

it('throws away no more than ten times its limit', async () => {
  const bodies = createBodies({ maxBody: 100, grace: 60_000 });
  const req = request();
  const refused = outcome(bodies.read(req));
  req.write('x'.repeat(1_001));
  expect(await refused).toBe(413);
  expect(bodies.bytes).toBe(0);
});

it('holds bytes, not pieces, and gives them back as they came', async () => {
  const maxBody = 10_000;
  const text = 'aü€😀'.repeat(1_000);
  const whole = Buffer.from(text);
  const bodies = createBodies({ maxBody, grace: 60_000 });
  const req = request();
  const body = bodies.read(req);
  // Kept for the test alone: what the service holds must not be any of them.
  const pieces = Array.from(whole, (byte) => Buffer.from([byte]));
  for (const [at, piece] of pieces.entries()) {
    req.emit('data', piece);
    if (at > 0) piece.fill(0);
    expect(bodies.bytes).toBeGreaterThanOrEqual(at + 1);
    expect(bodies.bytes).toBeLessThanOrEqual(Math.max(1_024, (at + 1) * 2));
  }
  expect(whole.length).toBe(maxBody);
  req.end();
  req.resume();
  expect(await body).toBe(text);
  expect(bodies.bytes).toBe(0);
});

it('copies no body that comes in one piece, and allocates seldom for one in many', async () => {
  const allocate = vi.spyOn(Buffer, 'allocUnsafeSlow');
  const bodies = createBodies({ maxBody: 100_000, grace: 60_000 });
  const ask = (count: number) => {
    const req = request();
    const body = bodies.read(req);
    for (let sent = 0; sent < count; sent += 1) req.emit('data', Buffer.from('x'));
    req.end();
    req.resume();
    return body;
  };
  expect(await ask(1)).toBe('x');
  expect(allocate).toHaveBeenCalledTimes(0);
  expect((await ask(99_000)).length).toBe(99_000);
  expect(allocate.mock.calls.length).toBeLessThanOrEqual(8);
  allocate.mockRestore();
});
