/** What is sent when, on a clock and a network of the test's own. */
import { describe, expect, it } from 'vitest';
import { createCartClient, type CartClientOptions } from '../../client/src/index.ts';
import { cart, json } from './scripted.ts';
import { bodyOf } from './tabs.ts';

const error = (code: string, status = 200, extensions = {}, headers = {}) =>
  json(
    { errors: [{ message: 'So it is.', path: ['change'], extensions: { code, ...extensions } }] },
    status,
    headers,
  );
const made = () => json({ data: { change: { cart: { ...cart, version: 2 }, userErrors: [] } } });

type Step = () => Response | Promise<Response>;

/** A client with a cart, whose requests meet these answers, the last of them again and again. */
function open(steps: Step[], options: Partial<CartClientOptions> = {}) {
  let clock = 0;
  const pauses: number[] = [];
  const sent: { key: string; authorization: string | null }[] = [];
  const client = createCartClient({
    url: 'http://carts.test/graphql',
    deadline: 20_000,
    now: () => clock,
    random: () => 1,
    wait(milliseconds) {
      clock += milliseconds;
      pauses.push(milliseconds);
      return Promise.resolve();
    },
    async fetch(_, init) {
      const { variables } = JSON.parse(bodyOf(init)) as {
        variables: { input: { idempotencyKey: string } };
      };
      const authorization = new Headers(init?.headers).get('authorization');
      sent.push({ key: variables.input.idempotencyKey, authorization });
      const step = steps.length > 1 ? steps.shift() : steps[0];
      return (step as Step)();
    },
    ...options,
  });
  client.learn(cart);
  return { client, pauses, sent };
}

const lost: Step = () => Promise.reject(new TypeError('fetch failed'));

describe('an intention', () => {
  it.each<[string, Step]>([
    ['no answer', lost],
    ['half an answer', () => new Response('{"data":{"change":{"ca')],
    ['a page of a proxy', () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['503', () => error('OVERLOADED', 503)],
    ['keys that cannot be had', () => error('KEYS_UNAVAILABLE', 503)],
    ['a body that came too slowly', () => error('REQUEST_TIMEOUT', 408)],
    ['DEADLINE_EXCEEDED', () => error('DEADLINE_EXCEEDED')],
    ['OUTCOME_UNKNOWN', () => error('OUTCOME_UNKNOWN')],
  ])('is sent again with its key after %s', async (_, step) => {
    const { client, sent, pauses } = open([step, step, made]);
    expect(await client.clear()).toMatchObject({ ok: true, cart: { version: 2 } });
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(pauses).toEqual([200, 400]);
    await client.clear();
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
  });

  it('waits as long as the service asks for', async () => {
    const asked = () => error('OVERLOADED', 503, {}, { 'retry-after': '3' });
    const { client, pauses } = open([asked, made]);
    expect(await client.clear()).toMatchObject({ ok: true });
    expect(pauses).toEqual([3000]);
  });

  it('has pauses that double up to five seconds, and an end', async () => {
    const { client, pauses } = open([lost]);
    expect(await client.clear()).toMatchObject({
      ok: false,
      kind: 'unknown',
      errors: [{ code: 'NO_ANSWER' }],
    });
    expect(pauses).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  it('has an end of its own, and is certain not to be done where it was refused each time', async () => {
    const { client, sent } = open([() => error('OVERLOADED', 503)]);
    const short = await client.clear({ deadline: 1000 });
    expect(short).toMatchObject({ ok: false, kind: 'failed', errors: [{ code: 'OVERLOADED' }] });
    expect(sent.length).toBe(3);
    expect(await client.clear({ deadline: 0 })).toMatchObject({
      kind: 'failed',
      errors: [{ code: 'NOT_SENT' }],
    });
    expect(sent.length).toBe(3);
  });

  it('has an end that is no whole number of milliseconds, as those of clocks are', async () => {
    const { client, sent } = open([made], { now: () => 0.25 });
    expect(await client.clear({ deadline: 1000.5 })).toMatchObject({ ok: true });
    expect(sent.length).toBe(1);
  });

  it.each(['INTERNAL_SERVER_ERROR', 'BAD_USER_INPUT', 'OPERATION_LIMIT_EXCEEDED'])(
    'is over with %s',
    async (code) => {
      const { client, sent } = open([() => error(code)]);
      expect(await client.clear()).toMatchObject({ ok: false, kind: 'failed', errors: [{ code }] });
      expect(sent.length).toBe(1);
    },
  );

  it('is not certain where an attempt before was not answered, or the answer says that it was made', async () => {
    expect(await open([lost, () => error('FORBIDDEN')]).client.clear()).toMatchObject({ kind: 'unknown' });
    const large = () => error('RESPONSE_TOO_LARGE', 200, { changed: true });
    expect(await open([large]).client.clear()).toMatchObject({ kind: 'unknown' });
    const unread = () =>
      json({
        data: { change: { cart: null, userErrors: [] } },
        errors: [{ message: 'x', path: ['change', 'cart', 'items'] }],
      });
    expect(await open([unread]).client.clear()).toMatchObject({ kind: 'unknown' });
  });

  it('gets a newer token once', async () => {
    let tokens = 0;
    const getToken = () => `token-${(tokens += 1)}`;
    const refused = () => error('UNAUTHENTICATED', 401);
    const renewed = open([refused, made], { getToken });
    expect(await renewed.client.clear()).toMatchObject({ ok: true });
    expect(renewed.sent.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(await open([refused], { getToken }).client.clear()).toMatchObject({ ok: false, kind: 'denied' });
    expect(await open([refused]).client.clear()).toMatchObject({ ok: false, kind: 'denied' });
  });

  it('survives a token that cannot be had', async () => {
    const getToken = () => Promise.reject(new Error('offline'));
    expect(await open([made], { getToken }).client.clear()).toMatchObject({
      kind: 'failed',
      errors: [{ code: 'NO_ANSWER' }],
    });
  });
});

it('changes go out one after the other, in the order they were asked for', async () => {
  const order: string[] = [];
  const { client } = open([made], {
    async fetch(_, init) {
      const name = /mutation (\w+)/.exec(bodyOf(init))?.[1] ?? '';
      order.push(`> ${name}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`< ${name}`);
      return made();
    },
  });
  await Promise.all([client.clear(), client.updateCart({ note: 'x' }), client.checkOut()]);
  expect(order).toEqual([
    '> ClearCart',
    '< ClearCart',
    '> UpdateCart',
    '< UpdateCart',
    '> CheckoutCart',
    '< CheckoutCart',
  ]);
});

it('who listens hears of each change until they end it', async () => {
  const { client } = open([made]);
  let heard = 0;
  const end = client.subscribe(() => (heard += 1));
  const before = client.getSnapshot();
  expect(client.getSnapshot()).toBe(before);
  await client.clear();
  expect(heard).toBe(2);
  expect(client.getSnapshot()).not.toBe(before);
  end();
  await client.clear();
  expect(heard).toBe(2);
});
