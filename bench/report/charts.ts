/** The charts of a report: Observable Plot on a DOM without a browser, SVG whose colours are CSS variables. One without data is left out. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { KNEE_TARGET_MS } from '../compare/knee.ts';
import { keptTrials, SIDES, type SideKey, type StepRecord } from '../compare/records.ts';
import { SAME_WITHIN } from '../statistics.ts';
import { INTERVAL_TRIALS, mergeTrials, type Summary } from './summary.ts';

const colourOf = (side: SideKey): string => `var(--${side})`;

/** A logarithmic axis with few marks. */
const logAxis = (label: string, more: object = {}) =>
  ({ type: 'log', label, grid: true, ticks: 5, tickFormat: '~g', ...more }) as const;

const STYLE = { fontSize: '12px', background: 'transparent', color: 'currentColor' } as const;

/** Plot's types speak of a browser's DOM, which is not in this project's libraries; all that is needed of it is this. */
const plot = Plot.plot as unknown as (options: object) => { readonly outerHTML: string };

/** @param label what a screen reader says */
function draw(label: string, caption: string, options: Plot.PlotOptions) {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    document: object;
  };
  const common = { document, style: STYLE, width: 860, marginLeft: 70, marginBottom: 48 };
  return { svg: plot({ ...common, ariaLabel: label, ...options }).outerHTML, caption };
}

/** Ratio with its interval for each mix, the control below it, the band of ±5 % behind. */
export function drawDifferences({ mixes, run }: Summary) {
  const rows = mixes.flatMap(({ title, comparison }) => {
    if (comparison === undefined) return [];
    const { control } = comparison;
    const row = { name: title, ...comparison, stroke: colourOf('second') };
    return control ? [row, { ...control, name: `${title} (control)`, stroke: 'var(--soft)' }] : [row];
  });
  if (rows.length === 0) return undefined;
  // Two or three blocks give intervals beyond all measure: then only the ratios are drawn.
  const withIntervals = rows.filter(({ blocks }) => blocks >= INTERVAL_TRIALS);
  const reach = [...rows.map(({ ratio }) => ratio), ...withIntervals.flatMap(({ low, high }) => [high, low])];
  const edge = Math.max(1.2, ...reach.map((ratio) => Math.max(ratio, 1 / ratio))) * 1.1;
  const label = `${run.settings.primary} of ${run.sides.second.label} over ${run.sides.first.label}`;
  const caption =
    'Ratio of the two sides with its 95 % interval; the band is ±5 %. The control compares a side with itself.';
  return draw(label, caption, {
    height: 60 + rows.length * 28,
    marginLeft: 210,
    x: logAxis(label, { domain: [1 / edge, edge], tickFormat: (d: number) => `${d}×`, ticks: 6 }),
    y: { domain: rows.map(({ name }) => name), label: null },
    marks: [
      Plot.rectX([{ x1: 1 / SAME_WITHIN, x2: SAME_WITHIN }], { x1: 'x1', x2: 'x2', fill: 'var(--same)' }),
      Plot.ruleX([1], { stroke: 'currentColor', strokeOpacity: 0.5 }),
      Plot.ruleY(withIntervals, { y: 'name', x1: 'low', x2: 'high', stroke: 'stroke', strokeWidth: 3 }),
      Plot.dot(rows, { y: 'name', x: 'ratio', fill: 'stroke', r: 5 }),
    ],
  });
}

const PERCENTILES = [10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.9];

/** Latency by percentile for the mixes with verdicts; the axis stretches the tail. */
export function drawPercentiles({ mixes }: Summary, records: readonly StepRecord[]) {
  const points = mixes.flatMap(({ mix, title, comparison }) =>
    (comparison ? SIDES : []).flatMap((side) => {
      const trials = keptTrials(records, mix).filter(
        (trial) => trial.side === side && trial.arm !== 'repeat',
      );
      const histogram = mergeTrials(trials);
      return PERCENTILES.filter((p) => histogram.count * (1 - p / 100) >= 1).map((percent) => ({
        ...{ title, side: colourOf(side), nines: 1 / (1 - percent / 100) },
        latency: histogram.percentile(percent),
      }));
    }),
  );
  if (points.length === 0) return undefined;
  const last = Math.max(...points.map(({ nines }) => nines));
  const place = { x: 'nines', y: 'latency', fx: 'title' };
  const caption = 'Latency by percentile, all kept trials of a side together; both axes are logarithmic.';
  return draw('Latency by percentile', caption, {
    height: 300,
    marginTop: 34,
    x: {
      ...{ type: 'log', label: 'percentile', ticks: [2, 10, 100, 1000].filter((tick) => tick <= last) },
      tickFormat: (d: number) => `p${+(100 - 100 / d).toFixed(1)}`,
    },
    y: logAxis('latency, ms'),
    fx: { label: null, domain: [...new Set(points.map(({ title }) => title))] },
    marks: [
      Plot.frame({ stroke: 'var(--line)' }),
      Plot.line(points, { ...place, stroke: 'side', strokeWidth: 2 }),
      Plot.dot(points, { ...place, fill: 'side', r: 2.5 }),
    ],
  });
}

/** p99 by offered rate from the search for the knee, with the target and the knees. */
export function drawRates({ knees }: Summary) {
  const points = knees.flatMap(({ side, probes }) =>
    probes.flatMap(({ rate, p99, outcome }) => {
      const fill = outcome === 'pass' ? colourOf(side) : 'var(--page)';
      return outcome === 'invalid' ? [] : [{ side: colourOf(side), rate, p99, fill }];
    }),
  );
  if (points.length === 0) return undefined;
  const found = knees.flatMap(({ side, rate }) =>
    rate === undefined ? [] : [{ side: colourOf(side), rate }],
  );
  const caption = `p99 by offered rate, cart mix; each dot is a trial, hollow where it failed. The line across is the target of ${KNEE_TARGET_MS} ms, those upright the knees.`;
  return draw('p99 by offered rate', caption, {
    height: 320,
    x: logAxis('offered rate, requests/s', { ticks: 6, tickFormat: '~s' }),
    y: logAxis('p99, ms'),
    marks: [
      Plot.ruleY([KNEE_TARGET_MS], { stroke: 'currentColor', strokeDasharray: '5 4' }),
      Plot.ruleX(found, { x: 'rate', stroke: 'side', strokeWidth: 2, strokeOpacity: 0.7 }),
      Plot.line(points, { x: 'rate', y: 'p99', stroke: 'side', sort: 'rate', strokeOpacity: 0.5 }),
      Plot.dot(points, { x: 'rate', y: 'p99', stroke: 'side', fill: 'fill', strokeWidth: 2, r: 4 }),
    ],
  });
}
