import { expect, it } from 'vitest';
import { summariseMixes } from '../report/analysis.ts';
import type { TrialRecord } from '../compare/records.ts';
import { describeRequirement } from '../report/latency.ts';
import { checkRequirements } from '../report/requirements.ts';
import { readInvocation } from '../compare/settings.ts';
import { createLatencyHistogram } from '../load/histogram.ts';

const { settings } = readInvocation(['--quick'], new Date());

/** A trial of the shoppers in which `count` creations took `latency` milliseconds and `failed` others failed. */
function shoppers(count: number, failed: number, latency: number): TrialRecord {
  const histogram = createLatencyHistogram();
  for (let i = 0; i < count; i += 1) histogram.record(latency);
  const gets = createLatencyHistogram();
  for (let i = 0; i < 50; i += 1) gets.record(3);
  return {
    type: 'trial',
    step: 'descriptive-1/shoppers/first',
    attempt: 1,
    startedAt: '2026-01-19T22:00:00.000Z',
    side: 'first',
    mix: 'shoppers',
    purpose: 'descriptive',
    seconds: 8,
    arrivals: count + failed + 50,
    succeeded: count + 50,
    failed,
    achieved: 1,
    requests: { create: { arrivals: count + failed, failed }, get10: { arrivals: 50, failed: 0 } },
    errors: {},
    cpu: { generator: 0.2 },
    latency: histogram.figures(),
    histograms: { get10: gets.encode(), ...(count > 0 ? { create: histogram.encode() } : {}) },
  };
}

function check(operation: 'create' | 'get', ...trial: Parameters<typeof shoppers>) {
  const checks = checkRequirements(summariseMixes([shoppers(...trial)], settings));
  const found = checks.find(({ title }) => title === `${operation} cart, 120 concurrent shoppers`);
  if (found === undefined) throw new Error('no such requirement');
  return found.sides.first;
}

it.each([
  [20, 0, 50, 'holds: 50.02 ms (20 requests)'],
  [20, 0, 101, 'does not hold: 101 ms (20 requests)'],
  [19, 0, 1, 'too few: 1.00 ms (19 requests)'],
  [19, 1, 1, 'does not hold: 1.00 ms (19 requests, 1 failed)'],
  [0, 9, 1, 'does not hold: none succeeded (0 requests, 9 failed)'],
  [0, 0, 1, 'not measured'],
])('of %d creations, %d failures, at %d ms says "%s"', (count, failed, latency, expected) => {
  expect(describeRequirement(check('create', count, failed, latency))).toBe(expected);
});

it('does not charge one operation with the failures of another', () => {
  expect(check('get', 20, 5, 1).outcome).toBe('holds');
});
