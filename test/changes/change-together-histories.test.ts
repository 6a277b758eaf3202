/** Random changes that arrive at once get the answers they would get one after another, and leave the same carts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CartOperations, ChangeTerms } from '../../src/changes/cart-operations.ts';
import type { Cart } from '../../src/cart/cart.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import { item, newCart, NOON } from '../support/carts.ts';
import {
  conflict,
  interfere,
  landedUnheard,
  lostUnheard,
  type Interference,
} from '../support/interference.ts';
import { codes, customer, guest, openOperations, staff, terms } from '../support/open-operations.ts';

const often = 4;
const step = fc.record({
  kind: fc.oneof(
    { weight: often, arbitrary: fc.constantFrom('add', 'set', 'remove') },
    fc.constantFrom('clear', 'claim', 'refresh', 'merge', 'check out', 'delete'),
  ),
  at: fc.constantFrom(0, 1),
  productId: fc.integer({ min: 1, max: 4 }),
  quantity: fc.integer({ min: 0, max: 3 }),
  viewer: fc.constantFrom<Viewer>(staff, staff, staff, guest, customer(5)),
  expectedVersion: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined, freq: 8 }),
  /** The key of an earlier step, so often as not with the same arguments. */
  repeats: fc.option(fc.nat(), { nil: undefined, freq: 8 }),
});
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Steps that arrive at once, after those before have been answered. */
const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 4 });

/** A step as it is sent: a repetition is that of an earlier step, every other time with arguments of its own. */
function resolveSteps(drawn: readonly (readonly Step[])[]) {
  const all: (Step & { key: string })[] = [];
  return drawn.map((batch) =>
    batch.map((own) => {
      const earlier = own.repeats === undefined ? undefined : all[own.repeats % (all.length + 1)];
      const same = earlier && own.quantity % 2 === 0;
      const next = { ...(same ? earlier : own), key: earlier?.key ?? `key ${all.length}` };
      all.push(next);
      return next;
    }),
  );
}

function send(operations: CartOperations, carts: readonly Cart[], next: Step & { key: string }) {
  const { productId, quantity, viewer, expectedVersion, key: idempotencyKey } = next;
  const [cart, other] = next.at === 0 ? carts : [...carts].reverse();
  const cartId = cart?.id ?? '';
  const asked: ChangeTerms = terms({ viewer, expectedVersion, idempotencyKey });
  const items = [{ productId: String(productId), quantity }];
  const sent = {
    add: () => operations.addItems(cartId, items, asked),
    set: () => operations.setQuantities(cartId, items, asked),
    remove: () => operations.removeItems(cartId, [{ productId: String(productId) }], asked),
    clear: () => operations.clearCart(cartId, asked),
    claim: () => operations.claimCart(cartId, '5', { ...asked, viewer: staff }),
    refresh: () => operations.refreshPrices(cartId, asked),
    'check out': () => operations.checkOut({ cartId, acceptCartPrices: quantity === 0 }, asked),
    delete: () => operations.deleteCart(cartId, asked),
    merge: () =>
      operations.mergeCarts({ sourceCartId: cartId, targetCartId: other?.id ?? '', strategy: 'SUM' }, asked),
  };
  return sent[next.kind]();
}

/** Without the random ids of orders. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'orderId' ? 'an order' : inner)));
}

async function open(carts: readonly Cart[], list: Interference[]) {
  const test = openOperations((store) => interfere(store, list));
  await test.reference.commit(carts.map((after) => ({ after })));
  return test;
}

it('whatever conflicts with them', async () => {
  const trouble = fc.constantFrom<Interference>(conflict, lostUnheard(), (commit) => commit());
  await fc.assert(
    fc.asyncProperty(batches, fc.array(trouble, { maxLength: 8 }), async (drawn, list) => {
      const carts = [newCart(NOON, { items: [item(1), item(2)] }), newCart(NOON, { items: [item(3)] })];
      const ids = carts.map(({ id }) => id);
      const together = await open(carts, list);
      const single = await open(carts, []);
      for (const batch of resolveSteps(drawn)) {
        const alone = [];
        for (const next of batch) alone.push(await send(single.operations, carts, next));
        const atOnce = await Promise.all(batch.map((next) => send(together.operations, carts, next)));
        expect(comparable(atOnce)).toEqual(comparable(alone));
      }
      expect(comparable(await together.reference.load(ids))).toEqual(
        comparable(await single.reference.load(ids)),
      );
    }),
    { numRuns: 200 },
  );
});

it('and each is made once, whatever answers are lost', async () => {
  const trouble = fc.oneof(
    fc.constant(conflict),
    fc.nat(10).map((rivals) => lostUnheard(rivals)),
    fc.nat(10).map((rivals) => landedUnheard(rivals)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 50 }),
      fc.array(trouble, { maxLength: 6 }),
      async (count, list) => {
        const cart = newCart(NOON);
        const { operations, stored } = await open([cart], list);
        const adds = Array.from({ length: count }, () =>
          operations.addItems(cart.id, [{ productId: '1', quantity: 1 }], terms()),
        );
        expect((await Promise.all(adds)).flatMap(codes)).toEqual([]);
        expect((await stored(cart.id))?.items).toEqual([item(1, count)]);
      },
    ),
  );
});
