/** Work for several requests stands in the trace of each, linked. */
import { expect, it } from 'vitest';
import type { PendingChange } from '../../src/changes/change.ts';
import { beginAttempt } from '../../src/changes/attempt-span.ts';
import { findProductsTogether, loadCartsTogether } from '../../src/stores/load-together.ts';
import { createSampling } from '../../src/tracing/sampling.ts';
import { beginShared, spansOf } from '../../src/tracing/tracer.ts';
import { withSpan } from '../../src/waiting/abortable.ts';
import { NOON } from '../support/carts.ts';
import { createMemoryCatalog } from '../support/memory-catalog.ts';
import { createMemoryCartStore } from '../support/memory-store.ts';
import { recordSpans } from '../support/recorded-spans.ts';

const id = '00000000-0000-4000-8000-000000000001';

it('a load that three ask for is told in the first one’s trace, and linked with the others’', async () => {
  const { spans, begin } = recordSpans();
  const requests = ['a', 'b', 'c'].map(begin);
  const memory = createMemoryCartStore(() => NOON);
  const store = loadCartsTogether({
    ...memory,
    load(ids, options) {
      options?.signal?.span?.begin('statement').end();
      return memory.load(ids, options);
    },
  });
  await Promise.all([
    ...requests.map((span) => store.load([id], { signal: withSpan(undefined, span) })),
    store.load([id]),
  ]);
  const [first, ...others] = spans.filter(({ told }) => told.name === 'load together').reverse();
  expect(first?.told).toMatchObject({ parent: requests[0]?.spanId, ended: 1 });
  expect(first?.told.links).toEqual(others.map(({ spanId }) => spanId).reverse());
  expect(others.map(({ told }) => [told.parent, told.links, told.ended])).toEqual(
    [requests[2], requests[1]].map((request) => [request?.spanId, [first?.spanId], 1]),
  );
  expect(spans.find(({ told }) => told.name === 'statement')?.told.parent).toBe(first?.spanId);
});

it('a load of one alone stands in its own span', async () => {
  const { spans, begin } = recordSpans();
  const request = begin('a');
  const memory = createMemoryCatalog(new Map());
  const catalog = findProductsTogether({
    ...memory,
    findMany(ids, options) {
      options?.signal?.span?.begin('statement').end();
      return memory.findMany(ids);
    },
  });
  await catalog.findMany(['1', '2'], { signal: withSpan(undefined, request) });
  expect(spans.map(({ told }) => [told.name, told.parent])).toEqual([
    ['a', undefined],
    ['statement', request.spanId],
  ]);
});

it('an attempt is told to all whose changes are in it, and ends their wait', () => {
  const { spans, begin } = recordSpans();
  const pending = ['a', 'b'].map((name) => {
    const span = begin(name);
    const signal = withSpan(undefined, span);
    return { request: { signal }, waiting: span.begin('wait') } as unknown as PendingChange;
  });
  const attempt = beginAttempt(pending, 1);
  attempt?.fail('VersionConflict');
  attempt?.end();
  expect(spans.filter(({ told }) => told.name === 'wait').map(({ told }) => told.ended)).toEqual([1, 1]);
  const attempts = spans.filter(({ told }) => told.name === 'change the cart');
  expect(attempts.map(({ told }) => [told.failed, told.ended])).toEqual([
    ['VersionConflict', 1],
    ['VersionConflict', 1],
  ]);
  expect(attempts.map(({ told }) => told.attributes['cartwright.attempt'])).toEqual([2, 2]);
});

it('where nobody is recorded nothing is made', () => {
  const signal = { request: { signal: new AbortController().signal } } as unknown as PendingChange;
  expect(beginAttempt([signal, signal], 0)).toBeUndefined();
  expect(spansOf([undefined, {}, { span: undefined }])).toBeUndefined();
  expect(beginShared([], 'x')).toBeUndefined();
});

it.each([
  ['parentbased_always_on', undefined, true],
  ['parentbased_always_on', false, false],
  ['parentbased_always_off', undefined, false],
  ['parentbased_always_off', true, true],
  ['parentbased_traceidratio', undefined, false],
  ['always_on', false, true],
  ['always_off', true, false],
  ['traceidratio', true, false],
] as const)('%s, where the sender says %s: %s', (sampler, sampled, expected) => {
  const isSampled = createSampling({ sampler, ratio: 0 }, () => false);
  expect(isSampled('ab'.repeat(16), { traceId: '', parentId: undefined, sampled })).toBe(expected);
});
