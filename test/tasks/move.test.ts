import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markerOf } from '../../src/cart/moved.ts';
import { UncertainCommit, type CartStore } from '../../src/stores/cart-store.ts';
import { createMover } from '../../src/stores/moving/mover.ts';
import type { OpenedMove } from '../../src/stores/moving/open-move.ts';
import { createCartChecks } from '../../src/tasks/move/verify-carts.ts';
import { readArguments } from '../../src/tasks/move/arguments.ts';
import { handOverPage } from '../../src/tasks/move/hand-over-page.ts';
import { createPace } from '../../src/tasks/move/pace.ts';
import { Ended, persist } from '../../src/tasks/move/persist.ts';
import { openPosition, type Walked } from '../../src/tasks/move/position.ts';
import { walkPages } from '../../src/tasks/move/walk-pages.ts';
import { changed, newCart, NOON } from '../support/carts.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';

describe('the arguments of a move', () => {
  it.each<[string[], RegExp]>([
    [[], /^Say run, verify or status\. "npm run move -- --help" says how it is used$/],
    [['walk'], /^Say run, verify or status, not "walk"/],
    [['run', 'all'], /^Say run alone, without "all"/],
    [['run', '--rate', '0'], /^--rate must be a whole number from 1 to 1,000,000, but was "0"/],
    [['run', '--units', '1e3'], /^--units must be a whole number/],
    [['run', '--part', '5/4'], /^--part must be like 1\/4, with 1 to 1,000 parts, but was "5\/4"/],
    [['run', '--part', '0/4'], /^--part must be like 1\/4/],
    [['run', '--state', ''], /^--state must name a file/],
    [
      ['run', '--without', 'a, b'],
      /^--without must name one field, such as gift_wrap or items\.gift_wrap, but was "a, b"/,
    ],
    [['status', '--without', 'a'], /^--without is not for status/],
    [['run', '--scan'], /^--scan is not for run/],
    [['status', '--rate', '5'], /^--rate is not for status/],
    [['verify', '--force'], /^Unknown option '--force'/],
  ])('%j are refused', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it('are read', () => {
    expect(readArguments(['run', '--rate', '50', '--part', '2/3'])).toMatchObject({
      action: 'run',
      limits: { carts: 50 },
      part: { number: 1, of: 3 },
    });
    expect(readArguments(['verify', '--show-ids', '--json'])).toMatchObject({
      showIds: true,
      json: true,
      show: 20,
    });
    expect(readArguments(['--help']).action).toBe('help');
  });
});

describe('verify', () => {
  const marked = markerOf(newCart(NOON), 1);

  /** Carts that go from the target to the source, in which so many commits are not answered. */
  async function check(unanswered: number) {
    const now = () => NOON;
    const [plain, target] = [createMemoryCartStore(now), createMemoryCartStore(now)];
    await target.commit([{ after: marked }]);
    let left = unanswered;
    const carts: CartStore = {
      ...plain,
      commit: (...args) =>
        left-- > 0 ? Promise.reject(new UncertainCommit(new Error('no answer'))) : plain.commit(...args),
    };
    const mover = createMover({ source: carts, target }, now);
    const sides = { source: { carts }, target: { carts: target }, mover } as unknown as OpenedMove;
    const checks = createCartChecks(sides, now, () => undefined);
    await checks.checkTarget([marked]);
    return { completed: checks.completed, found: await target.load([marked.id]) };
  }

  it('asks again for what was not answered', async () => {
    const { completed, found } = await check(1);
    expect(completed).toEqual({ carts: 1, fences: 0, left: 0 });
    expect(found[0]?.status).toBe('ACTIVE');
  });

  it('says what it could not complete', async () => {
    const { completed, found } = await check(1_000);
    expect(completed).toEqual({ carts: 0, fences: 0, left: 1 });
    expect(found[0]?.status).toBe('MOVED');
  });
});

describe('the pace', () => {
  async function secondsFor(limits: { carts?: number; units?: number }, workMs = 0): Promise<number> {
    const time = { now: 0 };
    const wait = (milliseconds: number) => Promise.resolve(void (time.now += milliseconds));
    const store = createMemoryCartStore(() => NOON);
    for (let made = 0; made < 120; made += 1) await store.commit([{ after: newCart(NOON) }]);
    const used = { units: 0 };
    const pages: number[] = [];
    const terms = {
      limits,
      pace: createPace({ limits, clock: () => time.now, wait }),
      units: { used: () => used.units },
      ending: new AbortController().signal,
      persist: <Result>(work: () => Promise<Result>) => work(),
    };
    await walkPages(store, terms, ({ records }) => {
      pages.push(records.length);
      used.units += 4 * records.length;
      time.now += workMs;
      return Promise.resolve();
    });
    expect(pages.reduce((sum, page) => sum + page, 0)).toBe(120);
    return time.now / 1000;
  }

  it('is that of the carts, or of the request units, whichever is slower', async () => {
    expect(await secondsFor({})).toBe(0);
    expect(await secondsFor({ carts: 10 })).toBeCloseTo(12, 5);
    expect(await secondsFor({ carts: 60, units: 40 })).toBeCloseTo(12, 5);
  });

  it('takes the time of the work into account', async () => {
    // Twelve pages of 10 carts, each of which takes half of its second.
    expect(await secondsFor({ carts: 10 }, 500)).toBeCloseTo(12, 5);
    expect(await secondsFor({ carts: 10 }, 2000)).toBeCloseTo(24, 5);
  });
});

describe('a position', () => {
  const side = (store: string) => ({ store, location: 'here', table: `carts of ${store}` });
  const walked = { from: side('a'), to: side('b'), part: { number: 0, of: 2 } };

  it('is kept for its owner alone, and only for the same walk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartwright-move-'));
    const path = join(folder, 'state');
    try {
      const after = randomUUID();
      const first = await openPosition(path, walked);
      expect(first.after).toBeUndefined();
      await first.keep(after);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await openPosition(path, walked)).after).toBe(after);
      const others: Record<string, Partial<Walked>> = {
        'another part': { part: { number: 1, of: 2 } },
        'the other direction': { from: walked.to, to: walked.from },
        'another target': { to: { ...walked.to, location: 'there' } },
        'a table of the same name that was made anew': {
          from: { ...walked.from, table: 'carts of a, anew' },
        },
      };
      for (const [name, other] of Object.entries(others))
        await expect(openPosition(path, { ...walked, ...other }), name).rejects.toThrow(
          /^--state: the file .* is of another walk: part 1\/2 from a at here \(carts of a\) to b at here \(carts of b\)\. This one is part ./,
        );
      expect((await openPosition(path, walked)).kept).toMatch(/^20\d\d-.*Z$/);
      await first.end();
      expect(await readdir(folder)).toEqual([]);
      await writeFile(path, 'nonsense');
      await expect(openPosition(path, walked)).rejects.toThrow(/is none that "move -- run" has written/);
      expect(await readFile(path, 'utf8')).toBe('nonsense');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a file for a position', () => {
  const side = { store: 'a', location: 'here', table: 'carts' };
  const walked = { from: side, to: side, part: { number: 0, of: 1 } };

  it.each([
    ['', /^--state must name a file that can be read and written, but was ".*", a folder$/],
    ['/none/state', /, in a folder that does not exist$/],
    ['/file/state', /, below what is no folder$/],
  ])('that cannot be used is refused before a cart is handed over: FOLDER%s', async (name, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'cartwright-move-'));
    try {
      await writeFile(join(folder, 'file'), '');
      await expect(openPosition(folder + name, walked)).rejects.toThrow(message);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a page', () => {
  it('is handed over though carts are changed and answers are lost', async () => {
    const clock = () => NOON;
    const [source, target] = [createMemoryCartStore(clock), createMemoryCartStore(clock)];
    const stale = [newCart(NOON), newCart(NOON), newCart(NOON)] as const;
    for (const after of stale) await source.commit([{ after }]);
    await source.commit([{ before: stale[0], after: changed(stale[0], NOON) }]);
    let cuts = 2;
    const cut = {
      ...target,
      async commit(...args: Parameters<typeof target.commit>) {
        await target.commit(...args);
        if ((cuts -= 1) >= 0) throw new UncertainCommit('cut');
      },
    };
    const mover = createMover({ source, target: cut }, clock);
    const tally = await handOverPage({ source, mover, unreadable: () => undefined }, stale);
    expect([tally.moved + tally.there, tally.changed, tally.unknown]).toEqual([3, 0, 0]);
    const there = await target.load(stale.map(({ id }) => id));
    expect(there.map((cart) => cart?.version)).toEqual([2, 1, 1]);
  });

  it('of a database that is away is tried again, for a while', async () => {
    const said: string[] = [];
    const waited: number[] = [];
    const ending = new AbortController();
    const wait = (milliseconds: number) => Promise.resolve(void waited.push(milliseconds));
    const around = { say: (line: string) => said.push(line), wait, ending: ending.signal };
    let failures = 2;
    const work = () => ((failures -= 1) >= 0 ? Promise.reject(new Error('away')) : Promise.resolve('done'));
    expect(await persist(work, around)).toBe('done');
    expect(said).toEqual(['away; trying again in 0.5 s', 'away; trying again in 1 s']);
    failures = Infinity;
    await expect(persist(work, around)).rejects.toThrow('away');
    expect(waited.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(120_000);
    ending.abort();
    waited.length = 0;
    // No failure: what has ended it was a signal.
    await expect(persist(work, around)).rejects.toThrow(Ended);
    expect(waited).toEqual([]);
  });
});
