import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { abortable, pause } from '../../src/waiting/abortable.ts';
import { createCartQueue } from '../../src/changes/cart-queue.ts';

const never = new AbortController().signal;
/** A promise and what settles it. */
function openGate() {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return { gate, open };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose map of tails can be looked at. */
function openQueue() {
  const maps: Map<unknown, unknown>[] = [];
  const RealMap = Map;
  vi.stubGlobal(
    'Map',
    class<K, V> extends RealMap<K, V> {
      constructor(entries?: Iterable<readonly [K, V]>) {
        super(entries);
        maps.push(this);
      }
    },
  );
  const queue = createCartQueue();
  vi.unstubAllGlobals();
  expect(maps).toHaveLength(1);
  return { queue, waiting: () => maps[0]?.size };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the queue', () => {
  it('runs the tasks of one cart one after another, in order of arrival', async () => {
    const { queue, waiting } = openQueue();
    const log: string[] = [];
    const task = (name: string) => async () => {
      log.push(`${name} begins`);
      await settled();
      log.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all(['a', 'b', 'c'].map((name) => queue.run(['x'], never, task(name))));
    expect(results).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    await settled();
    expect(waiting()).toBe(0);
  });

  it('lets tasks of different carts run side by side', async () => {
    const { queue } = openQueue();
    const { gate, open } = openGate();
    const slow = queue.run(['x'], never, () => gate);
    expect(await queue.run(['y'], never, () => Promise.resolve('done'))).toBe('done');
    open();
    await slow;
  });

  it('goes on after a task that failed', async () => {
    const { queue, waiting } = openQueue();
    const failing = queue.run(['x'], never, () => Promise.reject(new Error('failed')));
    const next = queue.run(['x'], never, () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
    await settled();
    expect(waiting()).toBe(0);
  });

  it('lets whoever is aborted while waiting go, and keeps the order of the others', async () => {
    const { queue, waiting } = openQueue();
    const { gate, open } = openGate();
    const reason = new Error('time is over');
    const deadline = new AbortController();
    const log: string[] = [];
    const task = (name: string) => () => {
      log.push(name);
      return Promise.resolve();
    };
    const first = queue.run(['x'], never, () => gate);
    const second = queue.run(['x', 'y'], deadline.signal, task('second'));
    const third = queue.run(['x'], never, task('third'));
    const fourth = queue.run(['y'], never, task('fourth'));
    deadline.abort(reason);
    await expect(second).rejects.toBe(reason);
    await settled();
    expect(log).toEqual([]);
    log.push('gate opens');
    open();
    await Promise.all([first, third, fourth]);
    expect(log[0]).toBe('gate opens');
    expect(log.slice(1).sort()).toEqual(['fourth', 'third']);
    await settled();
    expect(waiting()).toBe(0);
  });

  it('does not begin a task whose time is over already', async () => {
    const { queue, waiting } = openQueue();
    const task = vi.fn(() => Promise.resolve());
    const reason = new Error('time is over');
    await expect(queue.run(['x'], AbortSignal.abort(reason), task)).rejects.toBe(reason);
    await settled();
    expect(task).not.toHaveBeenCalled();
    expect(waiting()).toBe(0);
  });

  it('never runs two tasks on one cart at once, never gets stuck and holds nothing in the end', async () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
    const step = fc.record({ carts: names, ticks: fc.nat(3), fails: fc.boolean(), abort: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { queue, waiting } = openQueue();
        const busy = new Set<string>();
        const started = new Map<string, number[]>();
        const runs = steps.map(({ carts, ticks, fails, abort }, index) => {
          const deadline = new AbortController();
          const run = queue.run(carts, deadline.signal, async () => {
            for (const cart of carts) {
              expect(busy.has(cart)).toBe(false);
              busy.add(cart);
              started.set(cart, [...(started.get(cart) ?? []), index]);
            }
            for (let tick = 0; tick < ticks; tick += 1) await settled();
            for (const cart of carts) busy.delete(cart);
            if (fails) throw new Error('failed');
          });
          if (abort) setImmediate(() => { deadline.abort(new Error('time is over')); }); // prettier-ignore
          return run;
        });
        const results = await Promise.allSettled(runs);
        results.forEach((result, index) => {
          if (result.status === 'fulfilled') expect(steps[index]?.fails).toBe(false);
          else expect((result.reason as Error).message).toMatch(/^(failed|time is over)$/);
        });
        for (const order of started.values()) expect(order).toEqual([...order].sort((a, b) => a - b));
        await settled();
        expect(waiting()).toBe(0);
      }),
    );
  });
});

describe('abortable and pause', () => {
  it('pass on what the promise becomes', async () => {
    expect(await abortable(Promise.resolve(1), undefined)).toBe(1);
    expect(await abortable(Promise.resolve(1), never)).toBe(1);
    await expect(abortable(Promise.reject(new Error('failed')), never)).rejects.toThrow('failed');
    await pause(0, never);
  });

  it('end with the signal’s reason', async () => {
    const reason = new Error('time is over');
    const deadline = new AbortController();
    const waits = [abortable(openGate().gate, deadline.signal), pause(1_000_000, deadline.signal)];
    deadline.abort(reason);
    for (const wait of waits) await expect(wait).rejects.toBe(reason);
    await expect(pause(1_000_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(abortable(Promise.reject(new Error('late')), AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
  });
});
