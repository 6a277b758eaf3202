/** Changes of one cart that wait together: one commit, and for each the answer it would have got alone. */
import { describe, expect, it, vi } from 'vitest';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import { UnknownOutcome } from '../../src/changes/unknown-outcome.ts';
import { openBusyCart, settled } from '../support/busy-cart.ts';
import { item } from '../support/carts.ts';
import {
  conflict,
  landedUnheard,
  lostUnheard,
  overtaken,
  type Interference,
} from '../support/interference.ts';
import { codes, customer, guest, madeCart, terms } from '../support/open-operations.ts';

const add = (productId: number, quantity = 1) => [{ productId: String(productId), quantity }];
const keyed = (idempotencyKey: string) => terms({ idempotencyKey });
const versions = (outcomes: readonly ChangeOutcome[]) => outcomes.map(({ carts }) => carts[0]?.version);
const timeIsOver = new Error('time is over');

describe('changes that wait together', () => {
  it('64 at once get the versions 2 to 65, in order of arrival, in few commits of 16 at most', async () => {
    const slow: Interference = async (commit) => {
      await settled();
      await commit();
    };
    const { operations, cart, calls, releaseFor, stored } = await openBusyCart(
      Array<Interference>(64).fill(slow),
    );
    const waiting = Array.from({ length: 64 }, () => operations.addItems(cart.id, add(1), terms()));
    const outcomes = await releaseFor(...waiting);
    expect(versions(outcomes)).toEqual(Array.from({ length: 64 }, (_, index) => index + 3));
    expect(outcomes.map((outcome) => madeCart(outcome).items[0]?.quantity)).toEqual(
      Array.from({ length: 64 }, (_, index) => index + 1),
    );
    expect(
      calls.commits.map(([write]) => (write?.after.version ?? 0) - (write?.before?.version ?? 0)),
    ).toEqual([16, 16, 16, 16]);
    expect(await stored(cart.id)).toEqual(madeCart(outcomes[63] as ChangeOutcome));
  });

  it('include refused ones, which say how the cart stood at their turn', async () => {
    const { operations, cart, calls, releaseFor } = await openBusyCart();
    const [a, b, c, d] = await releaseFor(
      operations.addItems(cart.id, add(1), terms()),
      operations.removeItems(cart.id, [{ productId: '2' }], terms()),
      operations.addItems(cart.id, add(2), terms({ expectedVersion: 2 })),
      operations.addItems(cart.id, add(2), terms({ expectedVersion: 3 })),
    );
    expect([a, b, c, d].map(codes)).toEqual([[], ['ITEM_NOT_FOUND'], ['VERSION_CONFLICT'], []]);
    expect(versions([a, b, c, d])).toEqual([3, 3, 3, 4]);
    expect(d.carts[0]?.items).toEqual([item(1), item(2)]);
    expect(calls).toMatchObject({ loads: 1, commits: [[{ before: { version: 2 }, after: { version: 4 } }]] });
  });

  it('are not committed when all are refused', async () => {
    const { operations, cart, calls, releaseFor } = await openBusyCart();
    const remove = () => operations.removeItems(cart.id, [{ productId: '2' }], terms());
    const outcomes = await releaseFor(remove(), remove());
    expect(outcomes.map(codes)).toEqual([['ITEM_NOT_FOUND'], ['ITEM_NOT_FOUND']]);
    expect(calls).toEqual({ loads: 1, commits: [] });
  });

  it('include replays, of earlier changes and of each other, and keys used for something else', async () => {
    const { operations, cart, releaseFor } = await openBusyCart();
    const [a, b, c, d, e] = await releaseFor(
      operations.addItems(cart.id, add(1), keyed('k')),
      operations.addItems(cart.id, add(2), terms()),
      operations.addItems(cart.id, add(1), keyed('k')),
      operations.addItems(cart.id, add(1, 5), keyed('k')),
      operations.addItems(cart.id, add(3), terms()),
    );
    expect([a, b, c, d, e].map(codes)).toEqual([[], [], [], ['IDEMPOTENCY_KEY_REUSED'], []]);
    expect([a, b, c, d, e].map(({ replayed }) => replayed)).toEqual([false, false, true, false, false]);
    expect(versions([a, b, c, d, e])).toEqual([3, 4, 4, 4, 5]);
    expect(await operations.addItems(cart.id, add(1), keyed('k'))).toEqual({ ...e, replayed: true });
  });

  it('see what those before them did: a claim, a check-out, a deletion', async () => {
    const { operations, cart, releaseFor, stored } = await openBusyCart();
    const outcomes = await releaseFor(
      operations.addItems(cart.id, add(1), terms({ viewer: guest })),
      operations.claimCart(cart.id, '5', terms({ viewer: customer(5) })),
      operations.addItems(cart.id, add(2), terms({ viewer: guest })),
      operations.addItems(cart.id, add(2), terms({ viewer: customer(5) })),
      operations.deleteCart(cart.id, terms()),
      operations.addItems(cart.id, add(3), terms()),
    );
    expect(outcomes.map(codes)).toEqual([[], [], ['CART_NOT_FOUND'], [], [], ['CART_NOT_FOUND']]);
    expect(versions(outcomes)).toEqual([3, 4, undefined, 5, undefined, undefined]);
    expect(await stored(cart.id)).toMatchObject({ status: 'DELETED', version: 6 });
  });

  it('let changes of several carts and creations keep their turn', async () => {
    const { operations, cart, calls, created, releaseFor } = await openBusyCart();
    const other = await created({ items: [item(9)] });
    const merge = { sourceCartId: cart.id, targetCartId: other.id, strategy: 'SUM' } as const;
    const outcomes = await releaseFor(
      operations.addItems(cart.id, add(1), terms()),
      operations.addItems(cart.id, add(2), terms()),
      operations.mergeCarts(merge, terms()),
      operations.addItems(cart.id, add(3), terms()),
      operations.addItems(other.id, add(3), terms()),
      operations.addItems(other.id, add(4), terms()),
    );
    expect(outcomes.map(codes)).toEqual([[], [], [], ['CART_NOT_ACTIVE'], [], []]);
    expect(outcomes[5].carts[0]?.items).toEqual([item(9), item(1), item(2), item(3), item(4)]);
    expect(calls.commits.map((writes) => writes.map(({ after }) => after.version))).toEqual([
      [4],
      [2, 5],
      [4],
    ]);
  });

  it('do not suffer from each other’s faults', async () => {
    const { operations, catalog, cart, releaseFor } = await openBusyCart();
    const fault = new Error('no catalogue');
    vi.spyOn(catalog, 'findMany').mockReturnValueOnce(Promise.reject(fault));
    const failing = operations.addItems(cart.id, add(1), terms());
    const others = releaseFor(
      operations.addItems(cart.id, add(2), terms()),
      operations.addItems(cart.id, add(3), terms()),
    );
    await expect(failing).rejects.toBe(fault);
    expect(versions(await others)).toEqual([3, 4]);
  });
});

describe('a conflict of changes made together', () => {
  it('has all of them decided again', async () => {
    const { operations, cart, calls, releaseFor, stored } = await openBusyCart([overtaken(1), conflict]);
    const outcomes = await releaseFor(
      operations.addItems(cart.id, add(1), terms({ expectedVersion: 2 })),
      operations.addItems(cart.id, add(2), terms()),
      operations.removeItems(cart.id, [{ productId: '2' }], terms()),
      operations.removeItems(cart.id, [{ productId: '1' }], terms()),
      operations.addItems(cart.id, add(3), terms({ expectedVersion: 5 })),
    );
    expect(outcomes.map(codes)).toEqual([['VERSION_CONFLICT'], [], [], ['ITEM_NOT_FOUND'], []]);
    expect(versions(outcomes)).toEqual([3, 4, 5, 5, 6]);
    expect(calls.commits).toHaveLength(3);
    expect(await stored(cart.id)).toMatchObject({ version: 6, items: [item(3)] });
  });
});

describe('a lost answer to changes made together', () => {
  const sixteen = Array.from({ length: 16 }, (_, index) => index);

  it.each([
    ['landed', landedUnheard, 0, []],
    ['landed', landedUnheard, 16, []],
    ['landed', landedUnheard, 17, [0]],
    ['landed', landedUnheard, 40, sixteen],
    ['never arrived', lostUnheard, 0, []],
    ['never arrived', lostUnheard, 32, []],
    ['never arrived', lostUnheard, 40, [0, 1, 2, 3, 4, 5, 6, 7]],
  ])(
    '%s (%o), before %i others: each is made once, or not known: %j',
    async (_name, loss, rivals, unknown) => {
      const { operations, cart, release, stored } = await openBusyCart([loss(rivals)]);
      const waiting = sixteen.map(() => operations.addItems(cart.id, add(1), terms()));
      release();
      const results = await Promise.allSettled(waiting);
      const lost = results.flatMap((result, index) => (result.status === 'rejected' ? [index] : []));
      expect(lost).toEqual(unknown);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(UnknownOutcome);
        else expect(result.value).toMatchObject({ problems: [], replayed: false });
      }
      const made = loss === landedUnheard ? 16 : 16 - unknown.length;
      expect(await stored(cart.id)).toMatchObject({ version: 2 + made + rivals, items: [item(1, made)] });
    },
  );

  it('is no longer in doubt for any of them once the cart has shown that the commit did not land', async () => {
    const { operations, cart, releaseFor, stored } = await openBusyCart([lostUnheard(1), overtaken(40)]);
    const outcomes = await releaseFor(...sixteen.map(() => operations.addItems(cart.id, add(1), terms())));
    expect(versions(outcomes)).toEqual(sixteen.map((index) => 2 + 41 + 1 + index));
    expect((await stored(cart.id))?.items).toEqual([item(1, 16)]);
  });

  it('is not belied by a refusal while the lost commit may still arrive', async () => {
    let late: (() => Promise<void>) | undefined;
    const deadline = new AbortController();
    const delayed: Interference = async (commit, carts, writes) => {
      late = commit;
      deadline.abort(timeIsOver);
      await lostUnheard()(commit, carts, writes);
    };
    const { operations, cart, release, stored } = await openBusyCart([delayed]);
    const gone = operations.addItems(cart.id, add(7), terms({ signal: deadline.signal }));
    const removal = operations.removeItems(cart.id, [{ productId: '7' }], terms());
    release();
    await expect(gone).rejects.toBe(timeIsOver);
    await expect(removal).rejects.toThrow(UnknownOutcome);
    await late?.();
    expect(await stored(cart.id)).toMatchObject({ version: 4, items: [] });
  });

  it('stays in doubt while the lost commit may still arrive, also for whoever comes to stand first', async () => {
    let late: (() => Promise<void>) | undefined;
    const deadline = new AbortController();
    const delayed: Interference = async (commit, carts, writes) => {
      late = commit;
      deadline.abort(timeIsOver);
      await lostUnheard()(commit, carts, writes);
    };
    const arrives: Interference = async (commit) => {
      await late?.();
      await commit();
    };
    const { operations, cart, release, stored } = await openBusyCart([delayed, arrives]);
    const gone = operations.addItems(cart.id, add(1), terms({ signal: deadline.signal }));
    const others = [
      operations.addItems(cart.id, add(2), terms()),
      operations.addItems(cart.id, add(2), keyed('k')),
      operations.addItems(cart.id, add(2), keyed('k')),
    ];
    release();
    await expect(gone).rejects.toBe(timeIsOver);
    const outcomes = await Promise.all(others);
    expect(outcomes.map(({ replayed, problems }) => [replayed, problems])).toEqual([
      [false, []],
      [false, []],
      [true, []],
    ]);
    expect(await stored(cart.id)).toMatchObject({ version: 5, items: [item(1), item(2, 2)] });
  });
});
