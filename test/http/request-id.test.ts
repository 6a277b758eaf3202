/** What the log calls a request is no secret, whatever its caller calls it. */
import { expect, it } from 'vitest';
import { requestIdOf } from '../../src/http/request-id.ts';

const cart = '4c7f9d2e-3c51-4a8e-9f60-1d2c3b4a5968';

it.each(['r-1', 'trace/7:2', 'a'.repeat(31), 'ab-cd-12'])('%s is told as it is', (given) => {
  expect(requestIdOf(given)).toEqual({ requestId: given, loggedId: given });
});

it.each([
  cart,
  cart.toUpperCase(),
  cart.replaceAll('-', ''),
  `page:${cart}/2`,
  `00${cart}`,
  'eyJhbGciOiJIUzI1NiJ9.e30.abc',
])('%s is answered, and told by a hash', (given) => {
  const { requestId, loggedId } = requestIdOf(given);
  expect(requestId).toBe(given);
  expect(loggedId).toMatch(/^sha256:[0-9a-f]{16}$/);
  expect(requestIdOf(given).loggedId).toBe(loggedId);
});

it.each([undefined, '', 'a b', 'ü', 'x'.repeat(129), ['a', 'b']])('%j gets a new one', (given) => {
  const { requestId, loggedId } = requestIdOf(given);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(loggedId).toBe(requestId);
});
