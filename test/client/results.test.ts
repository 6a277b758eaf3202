/** What the compiler does not let a page ignore: these are checked by `npm run types`. */
import { expect, it } from 'vitest';
import {
  match,
  ProductsDocument,
  type CartClient,
  type ChangeResult,
  type CheckOutResult,
} from '../../client/src/index.ts';

const changed = null as unknown as ChangeResult;
const checkedOut = null as unknown as CheckOutResult;
const client = null as unknown as CartClient;

/** Never called: its types are the test. */
export function compiled(): unknown[] {
  return [
    // @ts-expect-error the cart may not be known
    changed.cart.itemCount,
    // @ts-expect-error there is no order unless there is one
    checkedOut.orderId,
    // @ts-expect-error nobody has looked at what kind of refusal it is
    changed.currentVersion,
    // @ts-expect-error a conflict is missing
    match(changed, { ok: id, gone: id, refused: id, denied: id, failed: id, unknown: id }),
    changed.ok && changed.cart.itemCount,
    checkedOut.ok ? checkedOut.orderId : checkedOut.kind === 'priceChanged' && checkedOut.priceChanges,
    // @ts-expect-error a quantity has an item
    client.updateItems([{ quantity: 1 }]),
    // @ts-expect-error variables are typed by the document
    client.query(ProductsDocument, { first: 'ten' }),
  ];
}

const id = (result: { kind: string }) => result.kind;

it('is checked by the compiler', () => {
  expect(compiled).toBeTypeOf('function');
});
