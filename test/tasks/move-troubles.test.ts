/** A move whose databases are away, whose file is of another one, or whose target cannot keep all that a cart has. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CartStore } from '../../src/stores/cart-store.ts';
import type { OpenedStores } from '../../src/stores/store.ts';
import { readArguments } from '../../src/tasks/move/arguments.ts';
import { describeVerify } from '../../src/tasks/move/describe-verify.ts';
import { persist } from '../../src/tasks/move/persist.ts';
import { openPosition, sideOf } from '../../src/tasks/move/position.ts';
import { describeRun, runMove } from '../../src/tasks/move/run.ts';
import { readStatus } from '../../src/tasks/move/status.ts';
import { verifyMove } from '../../src/tasks/move/verify.ts';
import { item, newCart } from '../support/carts.ts';
import { moveDirections, type MoveDatabases } from '../support/move-databases.ts';
import { openMoveTask } from './move-task.ts';

const now = Date.now();

describe.each(moveDirections.map((direction) => ({ direction })))('a move $direction', ({ direction }) => {
  const task = openMoveTask(direction);
  const { run, verify, create, loadFrom, forget, around } = task;
  let databases: MoveDatabases;
  let source: CartStore;
  let target: CartStore;
  beforeAll(() => ({ databases, source, target } = task.opened()));

  /** The databases are away from some moment on: every call of them fails, so many times. */
  const away = (failures: number) => {
    let left = failures;
    const failing = <Part extends object>(part: Part): Part =>
      new Proxy(part, {
        get: (of, name): unknown => {
          const value: unknown = Reflect.get(of, name);
          if (typeof value !== 'function' || (left -= 1) < 0) return value;
          return (): Promise<never> => Promise.reject(new Error('the database is away'));
        },
      });
    const store = (of: OpenedStores): OpenedStores => ({
      ...of,
      walk: failing(of.walk),
      census: failing(of.census),
      catalog: failing(of.catalog),
    });
    return { ...databases.move, source: store(databases.move.source), target: store(databases.move.target) };
  };

  it('verify and status go on when a database was away, whatever they were at', async () => {
    const said: string[] = [];
    const wait = () => Promise.resolve();
    const ending = new AbortController().signal;
    const patient = () =>
      around({ persist: (work) => persist(work, { say: (line) => said.push(line), wait, ending }) });
    // The first census, the first walk and so on, each as it comes.
    for (const failures of [1, 2, 3, 5]) {
      const report = await verifyMove(away(failures), readArguments(['verify']), patient());
      expect([report.complete, report.differences]).toEqual([true, 0]);
    }
    await readStatus(away(2), readArguments(['status']), patient());
    expect(said).toEqual(
      Array.from({ length: 13 }, () => expect.stringMatching(/^the database is away; try/) as string),
    );
  });

  it.each(['census', 'walk', 'catalog'] as const)(
    'a signal while a database is away ends it as any other: at its %s',
    async (part) => {
      const ending = new AbortController();
      const gone = new Proxy<object>(databases.move.source[part], {
        get: () => (): Promise<never> => {
          ending.abort();
          return Promise.reject(new Error('the database is away'));
        },
      });
      const move = { ...databases.move, source: { ...databases.move.source, [part]: gone } };
      const say = () => undefined;
      const wait = () => Promise.resolve();
      const signalled = around({
        ending: ending.signal,
        persist: (work) => persist(work, { say, wait, ending: ending.signal }),
      });
      const report = await verifyMove(move, readArguments(['verify']), signalled);
      expect([report.complete, report.differences]).toEqual([false, 0]);
      // One that has nothing left to do by then is done.
      if (part !== 'walk') return;
      expect((await runMove(move, readArguments(['run']), signalled)).complete).toBe(false);
    },
  );

  it('says of a file of another table that its position would pass carts by', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartwright-move-'));
    const state = join(folder, 'state');
    try {
      const [from, to] = [await sideOf(databases.move.source), await sideOf(databases.move.target)];
      expect([from.table, to.table]).toEqual([
        expect.stringMatching(/carts/),
        expect.stringMatching(/carts/),
      ]);
      const part = { number: 0, of: 1 };
      const there = await openPosition(state, { from, to, part });
      await there.keep(newCart(now).id);
      expect((await run('--state', state)).complete).toBe(true);
      // At its end it is gone; one of the way back stays.
      const back = await openPosition(state, { from: to, to: from, part });
      await back.keep(newCart(now).id);
      await expect(run('--state', state)).rejects.toThrow(/is of another walk/);
      expect(await readdir(folder)).toEqual(['state']);
      expect(await readFile(state, 'utf8')).not.toMatch(/postgres:\/\/[^/]*@/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves carts with fields that the target cannot keep, unless they are named', async () => {
    const lines = [{ ...item(1, 2), unknown: { engraving: 'for Ada' } }, item(7)];
    const cart = await create(source, { items: lines, unknown: { gift_wrap: 'scarlet' } });
    if (!databases.move.source.keepsUnknown) {
      // PostgreSQL has nothing that it does not know.
      await run();
      expect(await loadFrom(target, cart)).toBeDefined();
      await forget(cart);
      return;
    }
    const first = await run('--without', 'items.engraving');
    expect(first).toMatchObject({ left: 1, outcomes: { withheld: 1 }, withheldFor: ['gift_wrap'] });
    expect(describeRun(first)).toContain(
      '1 is left: run it again.\n' +
        '1 of them has fields of a newer version that PostgreSQL cannot keep: gift_wrap. --without FIELD',
    );
    expect(await loadFrom(target, cart)).toBeUndefined();
    const named = ['--without', 'gift_wrap', '--without', 'items.engraving'];
    const second = await run(...named);
    expect([second.left, second.handedOver]).toEqual([0, 1]);
    expect(describeRun(second)).toMatch(
      /^1 cart was handed over[^]*Carts were handed over without gift_wrap, items\.eng/,
    );
    const report = await verify('--without', 'gift_wrap');
    expect(report.carts.map(({ fields }) => fields)).toEqual([[{ field: 'items[0].unknown.engraving' }]]);
    expect(JSON.stringify(report)).not.toMatch(/scarlet|Ada/);
    expect(describeVerify(report)).toContain(
      '\n1 difference:\n  1 cart is not as it was handed over, nor what can have become of that\n',
    );
    const waived = await verify(...named);
    expect([waived.differences, waived.waived.carts]).toEqual([0, 1]);
    expect(describeVerify(waived)).toContain(
      '1 cart is without gift_wrap, items.engraving, as --without allows.',
    );
    await forget(cart);
  });
});
