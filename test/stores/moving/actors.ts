/**
 * Who takes part in the model of a move: they work with the real moving store, as the engine of changes does, and write down what
 * they are told. A cart's note says which changes it has been through, each by one letter, in their order: so of two states that both
 * have been, one's note begins with the other's.
 */
import { createCart, type Cart } from '../../../src/cart/cart.ts';
import { cartOfMarker, isMarker, liveCart, movesOf } from '../../../src/cart/moved.ts';
import { UncertainCommit, VersionConflict, type CartStore } from '../../../src/stores/cart-store.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import type { Phase } from '../../../src/stores/moving/phase.ts';
import type { Play, Way, World } from './explore.ts';

/** Of version 8: others may know it, so that several can make it. */
export const ID = '00000000-0000-8000-8000-000000000001';
/** Milliseconds to the expiry of a cart that is made or changed at 0. */
export const LIFE = 1_000_000;

export type Actor = (way: Way, play: Play) => Promise<void>;

/** A second cart, which is changed together with the first, by whoever does so. */
export const OTHER = '00000000-0000-8000-8000-000000000002';

export function cart(note: string, more: Partial<Cart> = {}): Cart {
  return { ...createCart(ID, undefined, 'USD', 0), version: note.length, note, expiresAt: LIFE, ...more };
}

/** A process of the service. @param back whether its move goes from the target to the source */
export interface Process {
  readonly phase: Phase | 'plain';
  readonly back?: boolean;
}

function storeOf({ phase, back = false }: Process, way: Way): CartStore {
  const [source, target] = back ? [way.target, way.source] : [way.source, way.target];
  return phase === 'plain'
    ? asPlain(source)
    : createMovingCartStore({ source, target, phase, clock: way.clock });
}

/** A store alone, as the engine uses it: where a marker stands there is no cart, and one that is made goes over it. */
function asPlain(store: CartStore): CartStore {
  const markers = new Map<string, Cart>();
  return {
    ...store,
    async load(ids, options) {
      const found = await store.load(ids, options);
      for (const one of found) if (one && isMarker(one)) markers.set(one.id, one);
      return found.map((one) => (isMarker(one) ? undefined : one));
    },
    commit(writes, options) {
      const over = writes.map(({ before, after }) => {
        const there = before ?? markers.get(after.id);
        return there
          ? { before: there, after: { ...after, moves: movesOf(there) || undefined } as Cart }
          : { after };
      });
      return store.commit(over, options);
    },
  };
}

/** Reads twice. */
export function reader(process: Process, name: string): Actor {
  return async (way, play) => {
    const carts = storeOf(process, way);
    for (let time = 0; time < 2; time += 1) {
      way.forget(`read ${time}`);
      await read(carts, play, name);
    }
  };
}

/** Adds its letter, in so many attempts at most. */
export function writer(process: Process, letter: string, attempts = 2): Actor {
  return async (way, play) => {
    const carts = storeOf(process, way);
    let base: number | undefined;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      way.forget(`attempt ${attempt}, ${base}`);
      const before = await read(carts, play, letter);
      if (!before) return;
      if (before.note?.includes(letter)) {
        if (base === undefined) play.wrong = `${letter} is there, and was never sent`;
        return;
      }
      if (base !== undefined && before.version > base) base = undefined;
      const after = { ...before, version: before.version + 1, note: `${before.note ?? ''}${letter}` };
      try {
        await carts.commit([{ before, after }]);
        know(play, after.note, letter);
        return;
      } catch (error) {
        if (error instanceof UncertainCommit) base = before.version;
        else if (!(error instanceof VersionConflict)) throw error;
      }
    }
    if (base === undefined) play.facts['never'] = `${play.facts['never'] ?? ''},${letter}`;
  };
}

/** Adds its letter to both carts in one commit, in so many attempts at most. */
export function pairWriter(process: Process, letter: string, attempts = 2): Actor {
  return async (way, play) => {
    const carts = storeOf(process, way);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      way.forget(`attempt ${attempt}`);
      const found = await carts.load([ID, OTHER], { consistent: true });
      if (found.some((one) => !one)) play.wrong = `${letter} has found no cart`;
      const before = found.flatMap((one) => one ?? []);
      if (before.length < 2 || before[0]?.note?.includes(letter)) return;
      const after = before.map((one) => ({
        ...one,
        version: one.version + 1,
        note: `${one.note ?? ''}${letter}`,
      }));
      try {
        await carts.commit(before.map((one, index) => ({ before: one, after: after[index] as Cart })));
        know(play, after[0]?.note ?? '', letter);
        return;
      } catch (error) {
        if (error instanceof UncertainCommit) return;
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
    play.facts['never'] = `${play.facts['never'] ?? ''},${letter}`;
  };
}

/** Makes the cart, with its letter, as a creation with a key does: somebody else with the same key may have made it. */
export function creator(process: Process, letter: string, attempts = 2): Actor {
  return async (way, play) => {
    const carts = storeOf(process, way);
    let isOpen = false;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      way.forget(`attempt ${attempt}, ${isOpen}`);
      if (await read(carts, play, letter, true)) return;
      try {
        await carts.commit([{ after: cart(letter) }]);
        know(play, letter, letter);
        return;
      } catch (error) {
        if (error instanceof UncertainCommit) isOpen = true;
        else if (!(error instanceof VersionConflict)) throw error;
      }
    }
    if (!isOpen) play.facts['never'] = `${play.facts['never'] ?? ''},${letter}`;
  };
}

/** Makes the cart a tombstone. @param expiresAt by the rule of expiry */
export function deleter(process: Process, expiresAt: (before: Cart) => number): Actor {
  return async (way, play) => {
    const carts = storeOf(process, way);
    const before = await read(carts, play, 'deleter', true);
    if (!before) return;
    const after: Cart = {
      ...before,
      status: 'DELETED',
      version: before.version + 1,
      expiresAt: expiresAt(before),
    };
    try {
      await carts.commit([{ before, after }]);
      play.facts['deleted'] = 'yes';
    } catch (error) {
      if (!(error instanceof VersionConflict || error instanceof UncertainCommit)) throw error;
    }
  };
}

/** Hands over what it meets in the store that carts move out of. */
export function mover({ back = false }: Pick<Process, 'back'> = {}, walks = 1): Actor {
  return async (way) => {
    const pair = back
      ? { source: way.target, target: way.source }
      : { source: way.source, target: way.target };
    const { handOver } = createMover(pair, way.clock);
    for (let walk = 0; walk < walks; walk += 1) {
      way.forget(`walk ${walk}`);
      const [record] = await pair.source.load([ID], { consistent: true, includeExpired: true });
      if (record) await handOver([record]);
    }
  };
}

/** Moves the clock, again and again; each time both stores may remove what has expired. */
export function time(times: readonly number[]): Actor {
  return async ({ step, world }, play) => {
    for (const now of times) {
      await step(`the clock moves to ${now}`, () => {
        world.now = now;
        if (now >= LIFE) play.facts['mayExpire'] = 'yes';
      });
      for (const name of ['source', 'target'] as const) {
        await step(`the ${name} removes what has expired`, () => {
          for (const [id, { expiresAt = Infinity }] of world[name])
            if (expiresAt <= now) world[name].delete(id);
        });
      }
    }
  };
}

async function read(
  carts: CartStore,
  play: Play,
  name: string,
  mayBeNone = false,
): Promise<Cart | undefined> {
  const { known = '', deleted } = play.facts;
  play.facts[`at ${name}`] = `${known} ${deleted ?? ''}`;
  const [found] = await carts.load([ID], { consistent: true });
  play.facts[`at ${name}`] = '';
  if (!found) {
    if (!mayBeNone && known !== '' && deleted === undefined && play.facts['mayExpire'] === undefined)
      play.wrong = `${name} has found no cart`;
    return undefined;
  }
  if (deleted !== undefined && found.status !== 'DELETED')
    play.wrong = `${name} has found a cart that was deleted`;
  if (!(found.note ?? '').startsWith(known)) play.wrong = `${name} has read ${found.note}, after ${known}`;
  know(play, found.note ?? '', name);
  return found.status === 'DELETED' ? undefined : found;
}

/** A state has been: it, and what was known before, are one line of states. */
function know(play: Play, note: string, by: string): void {
  const { known = '' } = play.facts;
  if (!note.startsWith(known) && !known.startsWith(note)) play.wrong = `${by}: ${note} is beside ${known}`;
  if (note.length > known.length) play.facts['known'] = note;
}

/**
 * What both stores say of the cart, by a judgement of the test's own: the one that has it as a cart; else, of markers that keep one, the
 * last hand-over's.
 */
export function truth(
  { source, target, now }: World,
  id = ID,
): {
  readonly owners: number;
  readonly cart: Cart | undefined;
} {
  const records = [source.get(id), target.get(id)];
  const living = records.flatMap((record) => liveCart(record, now) ?? []);
  const kept = records
    .filter((record) => record && (record.expiresAt ?? Infinity) > now && cartOfMarker(record))
    .sort((a, b) => movesOf(b) - movesOf(a));
  return { owners: living.length, cart: living[0] ?? cartOfMarker(kept[0]) };
}

/** What must be so in every state. */
export function checkAlways(world: World, { facts }: Play): string | undefined {
  const { owners, cart: now } = truth(world);
  const { known = '', deleted, never = '', mayExpire } = facts;
  if (owners > 1) return 'both stores have the cart';
  if (deleted !== undefined) return now && now.status !== 'DELETED' ? 'a deleted cart is back' : undefined;
  if (!now) return known !== '' && mayExpire === undefined ? `the cart is gone, after ${known}` : undefined;
  const note = now.note ?? '';
  if (!note.startsWith(known)) return `the cart is ${note}, after ${known}`;
  if (new Set(Array.from(note)).size !== note.length) return `a change was made twice: ${note}`;
  const bad = never.split(',').find((letter) => letter !== '' && note.includes(letter));
  return bad === undefined ? undefined : `${bad} was refused, and made: ${note}`;
}

/** Besides, that two carts which are changed together always have the same changes. */
export function checkPair(world: World, play: Play): string | undefined {
  const [one, other] = [truth(world), truth(world, OTHER)];
  if (other.owners > 1) return 'both stores have the second cart';
  if (one.cart?.note !== other.cart?.note) return `the carts are ${one.cart?.note} and ${other.cart?.note}`;
  return checkAlways(world, play);
}
