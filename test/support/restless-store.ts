/**
 * A move as a store for the tests that every store has to pass: each call comes to another process of it, one in `follow` or one in
 * `handover`, and between the calls a mover hands over whatever it meets. Carts come back without the count of hand-overs, as no other
 * store has it.
 */
import type { Cart, Timestamp } from '../../src/cart/cart.ts';
import {
  VersionConflict,
  type CartStore,
  type CartWrite,
  type StoreOptions,
} from '../../src/stores/cart-store.ts';
import type { CartWalk } from '../../src/stores/cart-walk.ts';
import { createMovingCartStore } from '../../src/stores/moving/cart-store.ts';
import { createMover } from '../../src/stores/moving/mover.ts';
import type { Phase } from '../../src/stores/moving/phase.ts';
import { createDice } from './dice.ts';

export interface MoveUnderTest {
  readonly source: CartStore;
  readonly target: CartStore;
  /** Of the source. */
  readonly walk: CartWalk;
  readonly clock: () => Timestamp;
  /** A number from 0 to 1; drawn by {@link RESTLESS_SEED} unless given. */
  readonly random?: () => number;
  /** Whether several may make a cart under one id that looks as if it were drawn by chance, as tests of a store do and the service never. */
  readonly idsAgain?: boolean;
}

/** What moves when follows from it; tests have it in their names, and `RESTLESS_SEED=n` gives it again. */
export const RESTLESS_SEED = process.env['RESTLESS_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));

/** Of the calls the share before which a mover walks. */
const MOVES = 0.15;

export function createRestlessStore({
  source,
  target,
  walk,
  clock,
  random = createDice(RESTLESS_SEED).next,
  idsAgain = false,
}: MoveUnderTest): CartStore {
  const processes = (['follow', 'handover'] as const).map((phase) =>
    createMovingCartStore({ source, target, phase, clock }),
  );
  const mover = createMover({ source, target }, clock);
  const any = () => processes[random() < 0.5 ? 0 : 1] as CartStore;

  async function moveSome(): Promise<void> {
    if (random() >= MOVES) return;
    const after = Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    const { records } = await walk.walk({ first: 5, after: `${after}-0000-4000-8000-000000000000` });
    await mover.handOver(records.slice(0, 1 + Math.floor(random() * 5)));
  }

  return withoutCounts({
    async load(ids, options) {
      options?.signal?.throwIfAborted();
      await moveSome();
      // The expired ones that are there: whichever process is asked.
      return any().load(ids, { ...options, consistent: true });
    },
    async commit(writes, options) {
      options?.signal?.throwIfAborted();
      await moveSome();
      const one = idsAgain && writes.some(({ before }) => !before) ? processes[0] : any();
      await commitUnchanged(one as CartStore, writes, options);
    },
    async listByCustomer(customerId, page, options) {
      options?.signal?.throwIfAborted();
      await moveSome();
      return any().listByCustomer(customerId, page, options);
    },
    ready: () => any().ready(),
    close: () => any().close(),
  });
}

/** Times that a cart may move while one commit is tried. */
const MOST_MOVES = 5;

/**
 * A cart that has moved and is what it was is a conflict, after which the engine of changes looks it up again. Tests of a store commit
 * what they once made, and are not to know of it.
 */
async function commitUnchanged(
  carts: CartStore,
  writes: readonly CartWrite[],
  options?: StoreOptions,
): Promise<void> {
  let current = writes;
  for (let moves = 0; ; moves += 1) {
    try {
      await carts.commit(current, options);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || moves === MOST_MOVES) throw error;
      const found = await carts.load(
        current.map(({ after }) => after.id),
        { consistent: true },
      );
      const same = current.every(
        ({ before }, at) =>
          found[at]?.version === before?.version && found[at]?.createdAt === before?.createdAt,
      );
      if (!same) throw error;
      current = current.map(({ after }, at) => {
        const before = found[at];
        if (!before) return { after };
        return { before, after: { ...after, ...(before.moves !== undefined && { moves: before.moves }) } };
      });
    }
  }
}

/** One process alone, as the other stores' tests see it. */
export function createSingleMover(phase: Phase, { source, target, clock }: MoveUnderTest): CartStore {
  return withoutCounts(createMovingCartStore({ source, target, phase, clock }));
}

/** Hides the count from whoever compares carts, and puts it back into what is committed. */
function withoutCounts(carts: CartStore): CartStore {
  const counted = new WeakMap<Cart, Cart>();
  const hide = (cart: Cart): Cart => {
    if (cart.moves === undefined) return cart;
    const { moves: _, ...plain } = cart;
    counted.set(plain, cart);
    return plain;
  };
  const show = ({ before, after }: CartWrite): CartWrite => {
    const real = before && counted.get(before);
    if (!real) return before ? { before, after } : { after };
    return { before: real, after: { ...after, ...(real.moves !== undefined && { moves: real.moves }) } };
  };
  return {
    ...carts,
    load: async (ids, options) => (await carts.load(ids, options)).map((cart) => cart && hide(cart)),
    commit: (writes, options) => carts.commit(writes.map(show), options),
    async listByCustomer(customerId, page, options) {
      const { entries, ...rest } = await carts.listByCustomer(customerId, page, options);
      return { ...rest, entries: entries.map(hide) };
    },
  };
}
