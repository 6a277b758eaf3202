import { expect, it } from 'vitest';
import { createHealth } from '../../src/http/health.ts';
import type { FindRoute } from '../../src/http/messages.ts';

async function askAt(health: FindRoute, path: string): Promise<number | undefined> {
  const page = health(path);
  return typeof page === 'object'
    ? (await page.handle({ method: 'GET', path, headers: {} })).status
    : undefined;
}

it('asks the store once at a time, and once a second, whoever asks', async () => {
  let now = 0;
  let fail = false;
  const pending: (() => void)[] = [];
  const health = createHealth({
    ready: () =>
      new Promise((resolve, reject) => {
        pending.push(() => {
          if (fail) reject(new Error('no database'));
          else resolve();
        });
      }),
    storeType: 'postgres',
    isDraining: () => false,
    begin: () => new AbortController().signal,
    clock: () => now,
  });
  const ask = (path: string) => askAt(health, path);
  const many = Array.from({ length: 100 }, (_, index) => ask(index % 2 ? '/health' : '/readyz'));
  now = 30_000;
  many.push(ask('/readyz'));
  expect(pending).toHaveLength(1);
  pending[0]?.();
  expect(new Set(await Promise.all(many))).toEqual(new Set([200]));
  now += 999;
  expect(await ask('/readyz')).toBe(200);
  expect(pending).toHaveLength(1);
  now += 1;
  fail = true;
  const later = ask('/health');
  expect(pending).toHaveLength(2);
  pending[1]?.();
  expect([await later, await ask('/readyz'), await ask('/livez')]).toEqual([503, 503, 200]);
  expect(pending).toHaveLength(2);
});

it('says that a task has started once the store has answered, and goes on saying so while the store is away', async () => {
  let now = 0;
  let isAway = true;
  let draining = false;
  const health = createHealth({
    ready: () => (isAway ? Promise.reject(new Error('no database')) : Promise.resolve()),
    storeType: 'postgres',
    isDraining: () => draining,
    begin: () => new AbortController().signal,
    clock: () => (now += 1_001),
  });
  const ask = (path: string) => askAt(health, path);

  expect([await ask('/startupz'), await ask('/livez')]).toEqual([503, 200]);
  isAway = false;
  expect(await ask('/startupz')).toBe(200);
  isAway = true;
  draining = true;
  expect([await ask('/readyz'), await ask('/health'), await ask('/startupz')]).toEqual([503, 503, 200]);
});

it('takes any answer of the store for the start', async () => {
  let now = 0;
  let isAway = false;
  const health = createHealth({
    ready: () => (isAway ? Promise.reject(new Error('no database')) : Promise.resolve()),
    storeType: 'postgres',
    isDraining: () => false,
    begin: () => new AbortController().signal,
    clock: () => (now += 1_001),
  });
  const ask = (path: string) => askAt(health, path);
  expect(await ask('/health')).toBe(200);
  isAway = true;
  expect(await ask('/startupz')).toBe(200);
});

it('says that a task has started when all of its processes have', async () => {
  let othersStarted = false;
  const health = createHealth({
    ready: () => Promise.resolve(),
    storeType: 'postgres',
    isDraining: () => false,
    haveOthersStarted: () => othersStarted,
    begin: () => new AbortController().signal,
  });
  const ask = (path: string) => askAt(health, path);
  expect([await ask('/startupz'), await ask('/readyz')]).toEqual([503, 200]);
  othersStarted = true;
  expect(await ask('/startupz')).toBe(200);
});
