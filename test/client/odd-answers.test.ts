/** What is not the service's, though it looks so, and what is only half an answer. */
import { expect, it } from 'vitest';
import { cart, current, customers, json, made, openScripted } from './scripted.ts';

const gateway = (status: number, code?: string) =>
  json({ errors: [{ message: 'Of a gateway.', ...(code && { extensions: { code } }) }] }, status);

it.each<[string, () => Response]>([
  ['429 of a gateway that speaks GraphQL', () => gateway(429, 'RATE_LIMITED')],
  ['503 of such a one', () => gateway(503)],
  ['504 of such a one', () => gateway(504, 'GATEWAY_TIMEOUT')],
  ['errors that are none', () => json({ errors: [null] }, 502)],
  ['errors that are texts', () => json({ errors: ['Too many.'] }, 429)],
  ['nothing in the form of an answer', () => json({ data: null })],
])('a change is sent again after %s', async (_, answer) => {
  const { client, asked } = openScripted((_asked, count) =>
    count < 3 ? answer() : made({ ...cart, version: 2 }),
  );
  client.learn(cart);
  expect(await client.clear()).toMatchObject({ ok: true });
  expect(asked.length).toBe(3);
});

it.each([
  ['504 of a gateway', 504, 'unknown'],
  ['504 of a gateway that calls it as the service calls something else', 504, 'unknown', 'REQUEST_TIMEOUT'],
  ['429 of a gateway', 429, 'failed'],
] as const)(
  '%s, again and again, tells what is known of the change',
  async (_, status, kind, code?: string) => {
    const { client } = openScripted(() => gateway(status, code));
    client.learn(cart);
    expect(await client.clear()).toMatchObject({ kind, errors: [{}] });
  },
);

const half = (code: string) =>
  json({
    data: { viewer: { kind: 'CUSTOMER', cart: null } },
    errors: [{ message: 'Not now.', path: ['viewer', 'cart'], extensions: { code } }],
  });

it('a cart that could not be read is looked for again, and not taken for none', async () => {
  const { client } = openScripted((_, count) => (count < 3 ? half('OVERLOADED') : current(customers)));
  expect(await client.load()).toMatchObject({ ok: true, data: { id: customers.id } });
});

it('where it cannot be read at all, what was shown stays', async () => {
  const { client } = openScripted((_, count) =>
    count < 2 ? current(customers) : half('INTERNAL_SERVER_ERROR'),
  );
  await client.load();
  expect(await client.load()).toMatchObject({ kind: 'failed', errors: [{ code: 'INTERNAL_SERVER_ERROR' }] });
  expect(client.getSnapshot().cart).toMatchObject({ id: customers.id });
});

it('a token that never comes ends with the deadline, and holds up nothing', async () => {
  const waiting = [new Promise<string>(() => undefined), 'here'];
  const { client } = openScripted(() => made({ ...cart, version: 2 }), {
    now: () => performance.now(),
    getToken: () => waiting.shift() ?? 'here',
  });
  client.learn(cart);
  const [first, second] = [client.clear({ deadline: 50 }), client.clear()];
  expect(await first).toMatchObject({ kind: 'failed', errors: [{ code: 'NO_ANSWER' }] });
  expect(await second).toMatchObject({ ok: true });
});
