/** Random steps of a history: what is done is drawn here, with what it is done is for the history to know. */
import fc from 'fast-check';
import type { CartStatus } from '../../src/cart/cart.ts';
import type { ItemChoices } from '../../src/cart/cart.ts';
import type { ItemAddition } from '../../src/cart/items.ts';
import { identityOf } from '../../src/cart/item-key.ts';
import type { MergeStrategy } from '../../src/cart/merge.ts';
import { DAY, TTL } from '../support/carts.ts';

/** Steps in one history. */
export const STEPS = 30;
/** Histories that run side by side, on one clock. */
export const SIDE_BY_SIDE = 8;

/** How often each kind of step is drawn. A failing history is made simpler by steps of the first kind. */
const weights = {
  nothing: 1,
  create: 4,
  add: 8,
  replace: 2,
  set: 3,
  remove: 2,
  update: 2,
  clear: 1,
  delete: 1,
  claim: 2,
  merge: 3,
  open: 3,
  refresh: 2,
  checkOut: 3,
  replay: 3,
  find: 2,
  list: 3,
};

export type StepKind = keyof typeof weights;

const kinds = Object.entries(weights).flatMap(([kind, weight]) =>
  Array<StepKind>(weight).fill(kind as StepKind),
);

/** Mostly small quantities; now and then one at or beyond a limit. */
const quantity = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 5000, 9999, 10_000) },
);
/** Few products, so that carts share them; the last is not sold, the one before it only every other day. */
const product = fc.constantFrom('1', '1', '1', '2', '3', '4', 'SKU-5', '006', '7', '8', '601');
/** Mostly none, so that a product is often enough to name an item by. */
const choices = fc.constantFrom<ItemChoices>(
  {},
  {},
  { attributes: [{ key: 'engraving', value: 'Ada' }] },
  {
    attributes: [
      { key: 'engraving', value: 'Bob' },
      { key: 'size', value: 'é🛒' },
    ],
  },
);
const few: fc.Arbitrary<ItemAddition[]> = fc.uniqueArray(
  fc
    .tuple(fc.record({ productId: product, quantity }), choices)
    .map(([item, said]) => ({ ...item, ...said })),
  {
    selector: identityOf,
    minLength: 1,
    maxLength: 3,
  },
);
/** One of each product from the first on. */
const inARow = (first: readonly number[], length: number): fc.Arbitrary<ItemAddition[]> =>
  fc
    .constantFrom(...first)
    .map((from) => Array.from({ length }, (_, index) => ({ productId: String(from + index), quantity: 1 })));
/** So many that two such inputs exceed what a cart holds; and what one alone exceeds, of which stores have no work. */
const many = inARow([10, 300], 300);
const tooMany = inARow([50, 80], 501);

/** The newest cart or an older one, of those that can be changed, of all there have been, or one that never was. */
const someCart = fc.record({
  at: fc.nat(3),
  among: fc.constantFrom(...Array<'active'>(16).fill('active'), 'all', 'all', 'none'),
});

const step = fc.record({
  kind: fc.constantFrom(...kinds),
  /** A number is one of the history's two customers. */
  viewer: fc.constantFrom<('staff' | 'guest' | 0 | 1)[]>(...Array<'staff'>(9).fill('staff'), 0, 1, 'guest'),
  cart: someCart,
  other: someCart,
  /** Which of the history's two customers. */
  customer: fc.constantFrom(0, 1, undefined),
  items: fc.oneof(
    { weight: 70, arbitrary: few },
    { weight: 1, arbitrary: many },
    { weight: 4, arbitrary: tooMany },
  ),
  /** Whether items that are there are named by their ids or by their products. */
  byId: fc.boolean(),
  note: fc.constantFrom(undefined, null, '', 'Ring twice', 'è 🛒'),
  /** Of the cart. */
  attributes: fc.constantFrom(undefined, null, [{ key: 'channel', value: 'app' }]),
  /** A creation with items, a change of items that are there, a page after the last one. */
  goOn: fc.constantFrom(true, true, false),
  key: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: fc.nat(9) }),
  expected: fc.constantFrom('none', 'none', 'none', 'current', 'current', 'stale'),
  strategy: fc.constantFrom<MergeStrategy[]>('SUM', 'MAX', 'KEEP_TARGET', 'REPLACE'),
  total: fc.constantFrom('none', 'right', 'right', 'wrong'),
  acceptCartPrices: fc.boolean(),
  first: fc.integer({ min: 1, max: 3 }),
  status: fc.constantFrom<(CartStatus | undefined)[]>(
    undefined,
    undefined,
    'ACTIVE',
    'CHECKED_OUT',
    'MERGED',
  ),
});

export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * How the clock moves between two steps: often not at all, so that carts share a millisecond; at times to the expiry
 * of a cart changed just now, or the millisecond before.
 */
const move = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(0, 0, 0, 1, 1000, 60_000) },
  { weight: 6, arbitrary: fc.constantFrom(DAY, DAY, 3 * DAY) },
  { weight: 1, arbitrary: fc.constantFrom<('expiry' | 'before expiry')[]>('expiry', 'before expiry') },
);

/** The time after a move. */
export function moved(now: number, by: number | 'expiry' | 'before expiry'): number {
  if (typeof by === 'number') return now + by;
  const expiry = Math.floor((now + TTL) / 1000) * 1000;
  return by === 'expiry' ? expiry : expiry - 1;
}

const exactly = (length: number) => ({ minLength: length, maxLength: length });

/** Histories side by side, and the moves of the clock that they share. */
export const round = fc.record({
  moves: fc.array(move, exactly(STEPS)),
  histories: fc.array(fc.array(step, exactly(STEPS)), exactly(SIDE_BY_SIDE)),
});

export type Round = typeof round extends fc.Arbitrary<infer Value> ? Value : never;
