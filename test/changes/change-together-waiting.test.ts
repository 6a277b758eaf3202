/** Changes made together: whose time ends, and what an answer rests on. */
import { describe, expect, it, vi } from 'vitest';
import { abortable, untilAllAborted } from '../../src/waiting/abortable.ts';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import { openBusyCart, settled } from '../support/busy-cart.ts';
import { item } from '../support/carts.ts';
import type { Interference } from '../support/interference.ts';
import { codes, madeCart, openOperations, terms } from '../support/open-operations.ts';

const add = (productId: number, quantity = 1) => [{ productId: String(productId), quantity }];
const versions = (outcomes: readonly ChangeOutcome[]) => outcomes.map(({ carts }) => carts[0]?.version);
const timeIsOver = new Error('time is over');

describe('the end of one request’s time', () => {
  it('while it waits takes it out', async () => {
    const { operations, cart, calls, releaseFor, stored } = await openBusyCart();
    const deadline = new AbortController();
    const before = operations.addItems(cart.id, add(1), terms());
    const gone = operations.addItems(cart.id, add(2), terms({ signal: deadline.signal }));
    const after = operations.addItems(cart.id, add(3), terms());
    deadline.abort(timeIsOver);
    await expect(gone).rejects.toBe(timeIsOver);
    expect(versions(await releaseFor(before, after))).toEqual([3, 4]);
    expect(calls.commits).toHaveLength(1);
    expect((await stored(cart.id))?.items).toEqual([item(1), item(3)]);
  });

  it('while its rule asks takes it out too', async () => {
    const { operations, catalog, cart, releaseFor, stored } = await openBusyCart();
    const deadline = new AbortController();
    const findMany = catalog.findMany.bind(catalog);
    vi.spyOn(catalog, 'findMany').mockImplementationOnce(async (...args) => {
      await settled();
      deadline.abort(timeIsOver);
      return findMany(...args);
    });
    const gone = operations.refreshPrices(cart.id, terms({ signal: deadline.signal }));
    const [after] = await releaseFor(operations.addItems(cart.id, add(3), terms()), gone.catch(String));
    await expect(gone).rejects.toBe(timeIsOver);
    expect(await stored(cart.id)).toEqual(madeCart(after));
  });

  it('during the commit costs the others nothing, and its change may be made', async () => {
    const deadline = new AbortController();
    const inTheCommit: Interference = async (commit) => {
      deadline.abort(timeIsOver);
      await settled();
      await commit();
    };
    const { operations, cart, release, stored } = await openBusyCart([inTheCommit]);
    const gone = operations.addItems(cart.id, add(1), terms({ signal: deadline.signal }));
    const after = operations.addItems(cart.id, add(2), terms());
    release();
    await expect(gone).rejects.toBe(timeIsOver);
    expect(madeCart(await after).items).toEqual([item(1), item(2)]);
    expect(await stored(cart.id)).toEqual(madeCart(await after));
  });

  it('of all who wait for a commit ends it, whoever else has been answered', async () => {
    const deadlines = [new AbortController(), new AbortController()] as const;
    const commits = vi.fn();
    const { reference } = openOperations();
    const test = openOperations(() => ({
      ...reference,
      commit: async (writes, options) => {
        commits();
        if (commits.mock.calls.length === 1) await abortable(new Promise(() => undefined), options?.signal);
        await reference.commit(writes, options);
      },
    }));
    const cart = await openBusyCart().then(({ cart }) => cart);
    await reference.commit([{ after: cart }]);
    const refused = test.operations.removeItems(cart.id, [{ productId: '7' }], terms());
    const waiting = deadlines.map(({ signal }) =>
      test.operations.addItems(cart.id, add(2), terms({ signal })),
    );
    const next = settled().then(() => test.operations.addItems(cart.id, add(3), terms()));
    expect(codes(await refused)).toEqual(['ITEM_NOT_FOUND']);
    for (const [index, deadline] of deadlines.entries()) {
      await settled();
      expect(commits).toHaveBeenCalledTimes(1);
      deadline.abort(timeIsOver);
      await expect(waiting[index]).rejects.toBe(timeIsOver);
    }
    expect(madeCart(await next).items).toEqual([item(1), item(3)]);
  });
});

describe('an answer', () => {
  it('that rests on a commit waits for it', async () => {
    let land = (): void => undefined;
    const slow: Interference = async (commit) => {
      await new Promise<void>((resolve) => (land = resolve));
      await commit();
    };
    const { operations, cart, first, release } = await openBusyCart([slow]);
    const answered: string[] = [];
    const note = (name: string, outcome: Promise<unknown>) => outcome.then(() => answered.push(name));
    const waiting = [
      note('refused by what is there', operations.removeItems(cart.id, [{ productId: '5' }], terms())),
      note('made', operations.addItems(cart.id, add(1), terms())),
      note(
        'refused by what is not there yet',
        operations.removeItems(cart.id, [{ productId: '5' }], terms()),
      ),
    ];
    release();
    await first;
    await settled();
    await settled();
    expect(answered).toEqual(['refused by what is there']);
    land();
    await Promise.all(waiting);
    expect(answered).toHaveLength(3);
  });

  it('is a refusal only for what is there, whoever else has changed the cart', async () => {
    const { operations, cart, calls, reference, release, first } = await openBusyCart();
    const rival = openOperations(() => reference).operations;
    release();
    await first;
    await rival.addItems(cart.id, add(2), terms());
    calls.loads = 0;
    const outcomes = await Promise.all([
      operations.removeItems(cart.id, [{ productId: '2' }], terms()),
      operations.removeItems(cart.id, [{ productId: '2' }], terms()),
    ]);
    expect(outcomes.map(codes)).toEqual([[], ['ITEM_NOT_FOUND']]);
    expect(calls.loads).toBe(1);
  });

  it('is the store’s error when the commit fails, for all that rests on the commit', async () => {
    const fault = new Error('the disk is gone');
    const { operations, cart, release, stored } = await openBusyCart([() => Promise.reject(fault)]);
    const waiting = [
      operations.removeItems(cart.id, [{ productId: '5' }], terms()),
      operations.addItems(cart.id, add(5), terms()),
      operations.addItems(cart.id, add(5), terms()),
      operations.addItems(cart.id, add(600), terms({ expectedVersion: 2 })),
    ];
    release();
    const results = await Promise.allSettled(waiting);
    expect(
      results.map((result) =>
        result.status === 'rejected' ? (result.reason as Error) : codes(result.value),
      ),
    ).toEqual([['ITEM_NOT_FOUND'], fault, fault, fault]);
    expect((await stored(cart.id))?.version).toBe(2);
    expect(madeCart(await operations.addItems(cart.id, add(5), terms())).version).toBe(3);
  });
});

describe('the signal of several', () => {
  it('is aborted when all of theirs are, and they are let go of', async () => {
    const [a, b] = [new AbortController(), new AbortController()];
    const added = [a, b].map(({ signal }) => vi.spyOn(signal, 'addEventListener'));
    const removed = [a, b].map(({ signal }) => vi.spyOn(signal, 'removeEventListener'));
    const work = untilAllAborted([a.signal, b.signal], async (signal) => {
      const waiting = abortable(new Promise(() => undefined), signal);
      await expect(abortable(Promise.resolve('done'), signal)).resolves.toBe('done');
      b.abort(new Error('the second’s time is over'));
      expect(signal.aborted).toBe(false);
      a.abort(timeIsOver);
      expect(signal.reason).toBe(timeIsOver);
      return waiting;
    });
    await expect(work).rejects.toBe(timeIsOver);
    for (const add of added) expect(add).toHaveBeenCalledTimes(2);
    for (const remove of removed) expect(remove).toHaveBeenCalledTimes(2);
    await untilAllAborted([a.signal, b.signal], (signal) => {
      expect(signal.aborted).toBe(true);
      expect(() => {
        signal.throwIfAborted();
      }).toThrow(timeIsOver);
      return Promise.resolve();
    });
  });
});
