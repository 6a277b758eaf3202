import { expect, it } from 'vitest';
import { findLateness } from '../compare/lateness.ts';
import { createLatencyHistogram } from '../load/histogram.ts';

/** A trial whose requests took these times from when they were sent, each of them sent so much later than it should have been. */
function trial(latencies: readonly number[], lagOf: (index: number) => number) {
  const latency = createLatencyHistogram();
  const fromSend = createLatencyHistogram();
  const lag = createLatencyHistogram();
  for (const [index, milliseconds] of latencies.entries()) {
    latency.record(milliseconds + lagOf(index));
    fromSend.record(milliseconds);
    lag.record(lagOf(index));
  }
  return { latency: { x: latency }, fromSend, lag };
}
/** As a server with a queue has them: most take 2 ms, some wait longer; the slowest come last. */
const spread = (count: number) => Array.from({ length: count }, (_, i) => 2 - 4 * Math.log(1 - i / count));
/** Of a trial whose requests all took so long and were all late by so much. */
const ofAlike = (purpose: 'verdict' | 'knee' | 'descriptive', count: number, took: number, late: number) =>
  findLateness(
    trial(new Array<number>(count).fill(took), () => late),
    purpose,
    'p95',
  );

it('a lag of 5 ms is found, whatever figure gets the verdict', () => {
  const late = trial(spread(300), () => 5);
  for (const figure of ['p50', 'p95', 'mean'] as const)
    expect(findLateness(late, 'verdict', figure)).toMatch(
      /the generator was late \(p99 5.\d\d ms\): .* from the intended/,
    );
});

it('what is within 5 %, or within what chance does to so few requests, is no reason', () => {
  expect(ofAlike('verdict', 300, 50, 2)).toBeUndefined();
  expect(ofAlike('verdict', 300, 5, 2)).toContain('p95 7.00 ms');
  // 66 requests: three of them decide on the p95. A lag of 1.5 ms of the slowest moves it by a tenth, and not even to the next of them but one.
  const slowest = (count: number) => trial(spread(count), (index) => (index >= count * 0.9 ? 1.5 : 0));
  const few = slowest(66);
  expect(few.latency.x.percentile(95)).toBeGreaterThan(few.fromSend.percentile(95) * 1.05);
  expect(findLateness(few, 'verdict', 'p95')).toBeUndefined();
  // With a hundred times as many that is no chance.
  expect(findLateness(slowest(6600), 'verdict', 'p95')).toContain('p95');
});

it('at the knee only the side of 100 ms counts, and from what is only described nothing is concluded', () => {
  const knee = (milliseconds: number) => ofAlike('knee', 500, milliseconds, 20);
  expect([knee(50), knee(150)]).toEqual([undefined, undefined]);
  expect(knee(90)).toContain('p99');
  expect(ofAlike('descriptive', 500, 5, 20)).toBeUndefined();
});
