import { expect, it } from 'vitest';
import { noMeter, OTHER, perValue } from '../../src/metrics/meter.ts';
import { createRegistry } from '../../src/metrics/registry.ts';
import { addUp, withoutGauges } from '../../src/metrics/snapshot.ts';
import { writeText } from '../../src/metrics/text-format.ts';

it('writes counters, gauges and histograms as Prometheus reads them', () => {
  let now = 0;
  const registry = createRegistry(() => now);
  const count = (code: string) => registry.counter('asked_total', 'How often.\nAnd "why" \\', { code });
  count('OK').add();
  count('OK').add(2);
  count('a "b" \\ c\nd').add();
  const seconds = registry.histogram('took_seconds', 'How long.', [0.1, 1], { route: '/' });
  for (const value of [0.05, 0.1, 0.5, 7]) seconds.record(value);
  const start = registry.now();
  now = 250;
  seconds.since(start);
  registry.observe({ name: 'open', help: 'Now.' }, () => 3);
  registry.observe({ name: 'unknown', help: 'Nothing to tell.' }, () => undefined);
  expect(writeText(registry.snapshot())).toBe(`# HELP asked_total How often.\\nAnd "why" \\\\
# TYPE asked_total counter
asked_total{code="OK"} 3
asked_total{code="a \\"b\\" \\\\ c\\nd"} 1

# HELP took_seconds How long.
# TYPE took_seconds histogram
took_seconds_bucket{route="/",le="0.1"} 2
took_seconds_bucket{route="/",le="1"} 4
took_seconds_bucket{route="/",le="+Inf"} 5
took_seconds_sum{route="/"} 7.9
took_seconds_count{route="/"} 5

# HELP open Now.
# TYPE open gauge
open 3
`);
});

it('gives the same instrument for the same labels, and one name to one kind', () => {
  const registry = createRegistry();
  registry.counter('one_total', '').add();
  registry.counter('one_total', '').add();
  expect(registry.snapshot()[0]?.series).toEqual({ '': [2] });
  expect(() => registry.histogram('one_total', '', [1])).toThrow('is a counter');
});

it('adds up processes: sums of what is counted, the highest or lowest of what is not', () => {
  const processes = [3, 8].map((value) => {
    const registry = createRegistry();
    registry.counter('asked_total', '').add(value);
    registry.histogram('took', '', [5]).record(value);
    registry.observe({ name: 'open', help: '' }, () => value);
    registry.observe({ name: 'late', help: '', together: 'highest' }, () => value);
    registry.observe({ name: 'ready', help: '', together: 'lowest' }, () => value);
    if (value === 8) registry.counter('asked_total', '', { only: 'one' }).add();
    return registry.snapshot();
  });
  // As they travel from one process to another.
  const travelled = JSON.parse(JSON.stringify(processes)) as typeof processes;
  const values = (snapshot = addUp(travelled)) =>
    Object.fromEntries(snapshot.map(({ name, series }) => [name, series]));
  expect(values()).toEqual({
    asked_total: { '': [11], 'only="one"': [1] },
    took: { '': [1, 1, 11] },
    open: { '': [11] },
    late: { '': [8] },
    ready: { '': [3] },
  });
  expect(Object.keys(values(withoutGauges(travelled[0] ?? [])))).toEqual(['asked_total', 'took']);
});

it('tells so many values of a label apart, and no more', () => {
  const registry = createRegistry();
  const counters = perValue((code) => registry.counter('asked_total', '', { code }), 3);
  for (let n = 0; n < 1_000; n += 1) counters(`code ${n}`).add();
  expect(registry.snapshot()[0]?.series).toEqual({
    'code="code 0"': [1],
    'code="code 1"': [1],
    'code="code 2"': [1],
    [`code="${OTHER}"`]: [997],
  });
});

it('does nothing where nobody looks', () => {
  noMeter.counter('a', '').add();
  noMeter.histogram('b', '', [1]).record(1);
  expect(noMeter.now()).toBe(0);
});
