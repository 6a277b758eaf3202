import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
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
