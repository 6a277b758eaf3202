import { expect, it } from 'vitest';
import { createFetchKeys } from '../../src/auth/fetch-keys.ts';

const ask = (response: () => Response, clock = () => 0) => {
  const asked = createFetchKeys(clock, () => Promise.resolve(response()));
  return asked('https://issuer.test/keys', {});
};

it('passes on a set of keys', async () => {
  const set = { keys: [{ kty: 'RSA' }] };
  expect(await (await ask(() => Response.json(set))).json()).toEqual(set);
});

it.each([
  ['an error', () => new Response('', { status: 500 }), 'answered its keys’ address with 500'],
  ['a redirection', () => new Response(null, { status: 302 }), 'with 302'],
  ['a page', () => new Response('<html>'), 'JSON'],
  ['no set', () => Response.json({ keys: 'none' }), 'no set of keys'],
  ['null', () => new Response('null'), 'no set of keys'],
])('takes %s for a failure', async (_what, response, message) => {
  await expect(ask(response)).rejects.toThrow(message.replace('’', "'"));
});

it('reads no more than a set can have', async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  await expect(ask(() => new Response(endless))).rejects.toThrow('more than 262144 bytes');
  expect(pulled).toBeLessThan(10);
});
