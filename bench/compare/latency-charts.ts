/** Charts of latency: differences with their intervals, latency by percentile, latency by rate. */
import * as Plot from '@observablehq/plot';
import { INTERVAL_TRIALS, keptTrials, mergeHistograms } from './side-figures.ts';
import { colourOf, drawPlot, SIDES, type Chart } from './draw-plot.ts';
import type { StepRecord } from './records.ts';
import { KNEE_TARGET_MS } from './knee-trials.ts';
import type { Summary } from './summary.ts';

/** Ratio with its interval for each mix, the control below it, the band of ±5 % behind. */
export function drawDifferences({ mixes, run }: Summary): Chart | undefined {
  const rows = mixes.flatMap(({ title, comparison }) =>
    comparison === undefined
      ? []
      : [
          { name: title, ...comparison, control: false },
          ...(comparison.control === undefined
            ? []
            : [{ name: `${title} (control)`, ...comparison.control, control: true }]),
        ],
  );
  if (rows.length === 0) return undefined;
  const label = `${run.settings.primary} of ${run.sides.second.label} over ${run.sides.first.label}`;
  const stroke = (row: { control: boolean }) => (row.control ? 'var(--soft)' : 'var(--second)');
  // Two or three blocks give intervals beyond all measure: then only the ratios are drawn.
  const withIntervals = rows.filter(({ blocks }) => blocks >= INTERVAL_TRIALS);
  const reach = [
    ...rows.flatMap(({ ratio }) => [ratio, 1 / ratio]),
    ...withIntervals.flatMap(({ low, high }) => [high, 1 / low]),
  ];
  const edge = Math.max(1.2, ...reach) * 1.1;
  return {
    sides: false,
    caption:
      'Ratio of the two sides with its 95 % interval; the band is ±5 %. The control compares a side with itself.',
    svg: drawPlot(
      {
        height: 60 + rows.length * 28,
        marginLeft: 210,
        x: {
          type: 'log',
          label,
          domain: [1 / edge, edge],
          tickFormat: (d: number) => `${d}×`,
          ticks: 6,
          grid: true,
        },
        y: { domain: rows.map(({ name }) => name), label: null },
        marks: [
          Plot.rectX([{ x1: 1 / 1.05, x2: 1.05 }], { x1: 'x1', x2: 'x2', fill: 'var(--same)' }),
          Plot.ruleX([1], { stroke: 'currentColor', strokeOpacity: 0.5 }),
          Plot.ruleY(withIntervals, { y: 'name', x1: 'low', x2: 'high', stroke, strokeWidth: 3 }),
          Plot.dot(rows, { y: 'name', x: 'ratio', fill: stroke, r: 5 }),
        ],
      },
      label,
    ),
  };
}

const PERCENTILES = [10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.9];

/** Latency by percentile for the mixes with verdicts; the axis stretches the tail. */
export function drawPercentiles({ mixes }: Summary, records: readonly StepRecord[]): Chart | undefined {
  const points = mixes
    .filter(({ comparison }) => comparison !== undefined)
    .flatMap(({ mix, title }) =>
      SIDES.flatMap((side) => {
        const histogram = mergeHistograms(keptTrials(records, mix, side));
        return PERCENTILES.filter((p) => histogram.count * (1 - p / 100) >= 1).map((percent) => ({
          title,
          side: colourOf(side),
          nines: 1 / (1 - percent / 100),
          latency: histogram.percentile(percent),
        }));
      }),
    );
  if (points.length === 0) return undefined;
  return {
    sides: true,
    caption: 'Latency by percentile, all kept trials of a side together; both axes are logarithmic.',
    svg: drawPlot(
      {
        height: 300,
        marginTop: 34,
        x: {
          type: 'log',
          label: 'percentile',
          ticks: [2, 10, 100, 1000].filter((tick) => tick <= Math.max(...points.map(({ nines }) => nines))),
          tickFormat: (d: number) => `p${+(100 - 100 / d).toFixed(1)}`,
        },
        y: { type: 'log', label: 'latency, ms', grid: true, ticks: 5, tickFormat: '~g' },
        fx: { label: null, domain: [...new Set(points.map(({ title }) => title))] },
        marks: [
          Plot.frame({ stroke: 'var(--line)' }),
          Plot.line(points, { x: 'nines', y: 'latency', fx: 'title', stroke: 'side', strokeWidth: 2 }),
          Plot.dot(points, { x: 'nines', y: 'latency', fx: 'title', fill: 'side', r: 2.5 }),
        ],
      },
      'Latency by percentile',
    ),
  };
}

/** p99 by offered rate from the search for the knee, with the target and the knees. */
export function drawRates({ knees }: Summary): Chart | undefined {
  const points = knees.flatMap(({ side, probes }) =>
    probes
      .filter(({ outcome }) => outcome !== 'invalid')
      .map(({ rate, p99, outcome }) => ({ side: colourOf(side), rate, p99, passed: outcome === 'pass' })),
  );
  if (points.length === 0) return undefined;
  const found = knees.flatMap(({ side, rate }) =>
    rate === undefined ? [] : [{ side: colourOf(side), rate }],
  );
  return {
    sides: true,
    caption: `p99 by offered rate, cart mix; each dot is a trial, hollow where it failed. The line across is the target of ${KNEE_TARGET_MS} ms, those upright the knees.`,
    svg: drawPlot(
      {
        height: 320,
        x: { type: 'log', label: 'offered rate, requests/s', grid: true, ticks: 6, tickFormat: '~s' },
        y: { type: 'log', label: 'p99, ms', grid: true, ticks: 5, tickFormat: '~g' },
        marks: [
          Plot.ruleY([KNEE_TARGET_MS], { stroke: 'currentColor', strokeDasharray: '5 4' }),
          Plot.ruleX(found, { x: 'rate', stroke: 'side', strokeWidth: 2, strokeOpacity: 0.7 }),
          Plot.line(points, { x: 'rate', y: 'p99', stroke: 'side', sort: 'rate', strokeOpacity: 0.5 }),
          Plot.dot(points, {
            x: 'rate',
            y: 'p99',
            stroke: 'side',
            fill: (d: { passed: boolean; side: string }) => (d.passed ? d.side : 'var(--page)'),
            strokeWidth: 2,
            r: 4,
          }),
        ],
      },
      'p99 by offered rate',
    ),
  };
}
