import { expect, it } from 'vitest';
import { createTokenCache } from '../../src/auth/token-cache.ts';

const viewer = { kind: 'staff' } as const;

it('remembers a token until it expires, and for a minute at most', () => {
  let now = 1_000_000;
  const cache = createTokenCache(() => now);
  cache.remember('short', viewer, now + 5_000);
  cache.remember('long', viewer, now + 3_600_000);
  cache.remember('past', viewer, now);
  expect(['short', 'long', 'past'].map(cache.find)).toEqual([viewer, viewer, undefined]);
  now += 5_000;
  expect(['short', 'long'].map(cache.find)).toEqual([undefined, viewer]);
  now += 55_000;
  expect(cache.find('long')).toBeUndefined();
});

it('forgets the oldest beyond its capacity', () => {
  const cache = createTokenCache(() => 0, 2);
  for (const token of ['a', 'b', 'a', 'c']) cache.remember(token, viewer, 10_000);
  expect(['a', 'b', 'c'].map(cache.find)).toEqual([viewer, undefined, viewer]);
});

it('forgets the oldest beyond its characters, and never takes a token that alone has more', () => {
  const cache = createTokenCache(() => 0, 100, 10);
  const [a, b, c, long] = ['aaaa', 'bbbb', 'cccc', 'd'.repeat(11)] as const;
  for (const token of [a, b, c, long]) cache.remember(token, viewer, 10_000);
  expect([a, b, c, long].map(cache.find)).toEqual([undefined, viewer, viewer, undefined]);
});
