/** The states that a change goes through, as ARCHITECTURE.md draws them. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CartError } from '../../src/cart/cart-error.ts';
import type { Cart } from '../../src/cart/cart.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';
import { changeCarts } from '../../src/changes/change-carts.ts';
import type { ChangeDependencies, ChangeState, PendingChange } from '../../src/changes/change.ts';
import { NOON, newCart, TTL } from '../support/carts.ts';
import {
  conflict,
  interfere,
  landedUncertain,
  lostUncertain,
  type Interference,
} from '../support/interference.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';
import { staff } from '../support/open-operations.ts';

/** Makes one change, whose commits meet `list`, and returns the states that it was in. */
async function statesOf(
  list: Interference[],
  apply: (carts: readonly Cart[]) => readonly Cart[] = (carts) => carts,
  signal = new AbortController().signal,
  loads: readonly ('answers' | 'fails')[] = [],
): Promise<ChangeState[]> {
  const reference = createMemoryCartStore(() => NOON);
  const cart = newCart(NOON);
  await reference.commit([{ after: cart }]);
  const queue = createCartQueue<PendingChange>();
  const states: ChangeState[] = [];
  const carts = interfere(reference, list);
  const failing = [...loads];
  const deps: ChangeDependencies = {
    carts: { ...carts, load: (...args) => (failing.shift() === 'fails' ? failure() : carts.load(...args)) },
    queue: {
      ...queue,
      join(id, pending, makeAll) {
        record(pending, states);
        queue.join(id, pending, makeAll);
      },
    },
    clock: () => NOON,
    newChangeId: () => randomBytes(16),
    jitter: () => 0,
    ttl: TTL,
  };
  const request = { operation: 'test', args: {}, viewer: staff, signal, apply };
  await changeCarts(deps, { ...request, targets: [{ id: cart.id, field: 'cartId' }] }).catch(String);
  return states;
}

function record(pending: PendingChange, states: ChangeState[]): void {
  states.push(pending.state);
  Object.defineProperty(pending, 'state', {
    get: () => states.at(-1),
    set: (state: ChangeState) => {
      states.push(state);
    },
  });
}

const FIRST = ['waiting', 'loaded', 'decided', 'committing'];
const AGAIN = FIRST.slice(1);
const failure = () => Promise.reject(new Error('no connection'));

describe('the states of a change', () => {
  it.each<[string, Interference[], string[]]>([
    ['is made', [], [...FIRST, 'answered']],
    ['meets a conflict', [conflict], [...FIRST, 'waiting', ...AGAIN, 'answered']],
    ['is made unheard', [landedUncertain], [...FIRST, 'uncertain', 'loaded', 'answered']],
    ['is lost unheard', [lostUncertain], [...FIRST, 'uncertain', ...AGAIN, 'answered']],
    ['fails', [failure], [...FIRST, 'answered']],
    [
      'fails after it was made unheard',
      [lostUncertain, failure],
      [...FIRST, 'uncertain', ...AGAIN, 'uncertain', ...AGAIN, 'answered'],
    ],
  ])('that %s', async (_, list, states) => {
    expect(await statesOf(list)).toEqual(states);
  });

  it.each<[string, Interference[], ('answers' | 'fails')[], string[]]>([
    ['at once', [], ['fails'], ['waiting', 'answered']],
    [
      'after a conflict',
      [conflict],
      ['answers', 'fails'],
      [...FIRST, 'waiting', 'uncertain', ...AGAIN, 'answered'],
    ],
    [
      'twice after a commit that was lost unheard',
      [lostUncertain],
      ['answers', 'fails', 'fails'],
      [...FIRST, 'uncertain', 'uncertain', 'uncertain', ...AGAIN, 'answered'],
    ],
  ])('whose carts cannot be loaded %s', async (_, list, loads, states) => {
    expect(await statesOf(list, undefined, undefined, loads)).toEqual(states);
  });

  it('that is refused', async () => {
    const refuse = () => {
      throw new CartError([{ code: 'CART_NOT_FOUND', message: 'None.', field: ['cartId'] }]);
    };
    expect(await statesOf([], refuse)).toEqual(['waiting', 'loaded', 'answered']);
  });

  it('whose time is over on its way', async () => {
    const deadline = new AbortController();
    const late: Interference = async (commit) => {
      deadline.abort(new Error('time is over'));
      await commit();
    };
    expect(await statesOf([late], undefined, deadline.signal)).toEqual([...FIRST, 'answered']);
  });
});
