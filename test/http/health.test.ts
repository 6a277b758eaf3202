import { expect, it } from 'vitest';
import { createHealth } from '../../src/http/health.ts';

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
  const ask = async (path: string) => {
    const response = await health(path)?.({ method: 'GET', path, headers: {} });
    return response?.status;
  };
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
