/** Near misses of good REST requests. */
import fc, { type Arbitrary } from 'fast-check';
import {
  broken,
  cartId,
  customer,
  encode,
  headers,
  hostileText,
  mostly,
  mostlyOf,
  product,
  quantity,
  type FuzzRequest,
} from './fuzz-values.ts';

const segment = fc.oneof(
  { weight: 12, arbitrary: cartId },
  { weight: 1, arbitrary: hostileText.map((text) => encode(text).slice(0, 500)) },
  { weight: 1, arbitrary: fc.constantFrom('..', '%', '%zz', '%00', '@0/', '1;', '~') },
);
export const rest: Arbitrary<FuzzRequest> = fc.oneof(
  restCall(
    'POST',
    fc.constant('/shopping-carts'),
    fc.record({ customer_id: customer }, { requiredKeys: [] }),
  ),
  restCall(
    'POST',
    segment.map((id) => `/shopping-carts/${id}/items`),
    fc.record({ product_id: product, quantity }),
  ),
  restCall(
    'POST',
    segment.map((id) => `/shopping-carts/${id}/checkout`),
    fc.constant({}),
  ),
  restCall(
    'GET',
    segment.map((id) => `/shopping-carts/${id}`),
  ),
  restCall(
    'GET',
    fc
      .tuple(customer, hostileText)
      .map(
        ([id, text]) =>
          `/customers/${encode(String(id)).slice(0, 99)}/shopping-carts?limit=${encode(text).slice(0, 99)}`,
      ),
  ),
  restCall(
    'GET',
    hostileText.map((text) => `/${encode(text)}`),
  ),
);

function restCall(verb: string, path: Arbitrary<string>, body?: Arbitrary<unknown>): Arbitrary<FuzzRequest> {
  const text =
    body && broken(mostly(body).map((value) => (JSON.stringify(value) as string | undefined) ?? ''));
  return fc.record({
    method: mostlyOf(verb, 'PUT', 'HEAD', 'DELETE'),
    path,
    headers: fc
      .tuple(
        headers,
        fc.option(fc.constantFrom('a', 'b', 'x'.repeat(300), '00000000-0000-4000-8000-000000000000'), {
          freq: 4,
        }),
      )
      .map(([given, idempotency]) =>
        idempotency === null ? { ...given } : { ...given, 'idempotency-key': idempotency },
      ),
    ...(text && { body: text }),
  });
}
