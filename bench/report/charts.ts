/** The charts of a report. One without data is left out. */
import * as Plot from '@observablehq/plot';
import { KNEE_TARGET_MS } from '../compare/knee.ts';
import type { StepRecord } from '../compare/records.ts';
import { COST_INSTANCES, costFunctions } from './cost.ts';
import { colourOf, drawPlot, logAxis, SIDES } from './draw-plot.ts';
import type { Chart, Charts } from './model.ts';
import { INTERVAL_TRIALS, keptTrials, mergeTrials } from './side-figures.ts';
import type { Summary } from './summary.ts';

export function drawCharts(summary: Summary, records: readonly StepRecord[]): Charts {
  return {
    differences: drawDifferences(summary),
    percentiles: drawPercentiles(summary, records),
    rates: drawRates(summary),
    throughput: drawThroughput(summary),
    costs: drawCosts(summary),
  };
}

/** Ratio with its interval for each mix, the control below it, the band of ±5 % behind. */
function drawDifferences({ mixes, run }: Summary): Chart | undefined {
  const rows = mixes.flatMap(({ title, comparison }) => {
    if (comparison === undefined) return [];
    const { control } = comparison;
    const row = { name: title, ...comparison, control: false };
    return control === undefined ? [row] : [row, { name: `${title} (control)`, ...control, control: true }];
  });
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
  const tickFormat = (d: number) => `${d}×`;
  const svg = drawPlot(label, {
    height: 60 + rows.length * 28,
    marginLeft: 210,
    x: logAxis(label, { domain: [1 / edge, edge], tickFormat, ticks: 6 }),
    y: { domain: rows.map(({ name }) => name), label: null },
    marks: [
      Plot.rectX([{ x1: 1 / 1.05, x2: 1.05 }], { x1: 'x1', x2: 'x2', fill: 'var(--same)' }),
      Plot.ruleX([1], { stroke: 'currentColor', strokeOpacity: 0.5 }),
      Plot.ruleY(withIntervals, { y: 'name', x1: 'low', x2: 'high', stroke, strokeWidth: 3 }),
      Plot.dot(rows, { y: 'name', x: 'ratio', fill: stroke, r: 5 }),
    ],
  });
  const caption =
    'Ratio of the two sides with its 95 % interval; the band is ±5 %. The control compares a side with itself.';
  return { sides: false, caption, svg };
}

const PERCENTILES = [10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.9];

/** Latency by percentile for the mixes with verdicts; the axis stretches the tail. */
function drawPercentiles({ mixes }: Summary, records: readonly StepRecord[]): Chart | undefined {
  const compared = mixes.filter(({ comparison }) => comparison !== undefined);
  const points = compared.flatMap(({ mix, title }) =>
    SIDES.flatMap((side) => {
      const histogram = mergeTrials(keptTrials(records, mix, side));
      return PERCENTILES.filter((p) => histogram.count * (1 - p / 100) >= 1).map((percent) => ({
        title,
        side: colourOf(side),
        nines: 1 / (1 - percent / 100),
        latency: histogram.percentile(percent),
      }));
    }),
  );
  if (points.length === 0) return undefined;
  const last = Math.max(...points.map(({ nines }) => nines));
  const svg = drawPlot('Latency by percentile', {
    height: 300,
    marginTop: 34,
    x: {
      type: 'log',
      label: 'percentile',
      ticks: [2, 10, 100, 1000].filter((tick) => tick <= last),
      tickFormat: (d: number) => `p${+(100 - 100 / d).toFixed(1)}`,
    },
    y: logAxis('latency, ms'),
    fx: { label: null, domain: [...new Set(points.map(({ title }) => title))] },
    marks: [
      Plot.frame({ stroke: 'var(--line)' }),
      Plot.line(points, { x: 'nines', y: 'latency', fx: 'title', stroke: 'side', strokeWidth: 2 }),
      Plot.dot(points, { x: 'nines', y: 'latency', fx: 'title', fill: 'side', r: 2.5 }),
    ],
  });
  const caption = 'Latency by percentile, all kept trials of a side together; both axes are logarithmic.';
  return { sides: true, caption, svg };
}

/** p99 by offered rate from the search for the knee, with the target and the knees. */
function drawRates({ knees }: Summary): Chart | undefined {
  const points = knees.flatMap(({ side, probes }) =>
    probes
      .filter(({ outcome }) => outcome !== 'invalid')
      .map(({ rate, p99, outcome }) => ({ side: colourOf(side), rate, p99, passed: outcome === 'pass' })),
  );
  if (points.length === 0) return undefined;
  const found = knees.flatMap(({ side, rate }) =>
    rate === undefined ? [] : [{ side: colourOf(side), rate }],
  );
  const fill = (d: { passed: boolean; side: string }) => (d.passed ? d.side : 'var(--page)');
  const svg = drawPlot('p99 by offered rate', {
    height: 320,
    x: logAxis('offered rate, requests/s', { ticks: 6, tickFormat: '~s' }),
    y: logAxis('p99, ms'),
    marks: [
      Plot.ruleY([KNEE_TARGET_MS], { stroke: 'currentColor', strokeDasharray: '5 4' }),
      Plot.ruleX(found, { x: 'rate', stroke: 'side', strokeWidth: 2, strokeOpacity: 0.7 }),
      Plot.line(points, { x: 'rate', y: 'p99', stroke: 'side', sort: 'rate', strokeOpacity: 0.5 }),
      Plot.dot(points, { x: 'rate', y: 'p99', stroke: 'side', fill, strokeWidth: 2, r: 4 }),
    ],
  });
  const caption = `p99 by offered rate, cart mix; each dot is a trial, hollow where it failed. The line across is the target of ${KNEE_TARGET_MS} ms, those upright the knees.`;
  return { sides: true, caption, svg };
}

/** Answers per second at the knee and at saturation. */
function drawThroughput({ knees, mixes, run }: Summary): Chart | undefined {
  const saturation = mixes.find(({ mix }) => mix === 'saturation')?.sides;
  const bars = SIDES.flatMap((side) => {
    const row = (what: string, rate: number | undefined) =>
      rate === undefined ? [] : [{ what, name: run.sides[side].label, side: colourOf(side), rate }];
    const knee = knees.find((record) => record.side === side)?.rate;
    return [...row('at the knee', knee), ...row('120 always under way', saturation?.[side]?.throughput)];
  });
  if (bars.length === 0) return undefined;
  const place = { x: 'rate', y: 'name', fy: 'what' };
  const text = (d: { rate: number }) => d.rate.toFixed(0);
  const svg = drawPlot('Throughput', {
    height: 70 + bars.length * 30,
    marginLeft: 120,
    marginRight: 150,
    x: { label: 'answers/s', grid: true, zero: true },
    y: { label: null, axis: 'left', domain: SIDES.map((side) => run.sides[side].label) },
    fy: { label: null, axis: 'right', domain: ['at the knee', '120 always under way'] },
    marginTop: 20,
    marks: [
      Plot.barX(bars, { ...place, fill: 'side' }),
      Plot.text(bars, { ...place, text, dx: 6, textAnchor: 'start' }),
      Plot.ruleX([0], { stroke: 'currentColor' }),
    ],
  });
  const caption = 'Answers per second of the cart mix, with one service process.';
  return { sides: true, caption, svg };
}

/** Dollars a month by rate: DynamoDB rises with it, an instance does not; dots where they meet. */
function drawCosts(summary: Summary): Chart {
  const cost = costFunctions(summary);
  const curve = Array.from({ length: 46 }, (_, i) => 10 ** (i / 15)).map((rate) => ({
    rate,
    dollars: cost.dynamodb(rate),
  }));
  const [end = { rate: 1000, dollars: 1 }] = curve.slice(-1);
  const instances = COST_INSTANCES.map((instance) => ({ instance, dollars: cost.rds(instance) }));
  const crossings = instances.map(({ dollars }) => ({ rate: cost.crossover(dollars), dollars }));
  const label = { dx: 8, textAnchor: 'start' } as const;
  const [rds, dynamodb] = SIDES.map(colourOf) as [string, string];
  const svg = drawPlot('Cost by rate', {
    height: 340,
    marginRight: 120,
    x: logAxis('operations/s, averaged over the month'),
    y: logAxis('$ a month', { domain: [1, end.dollars] }),
    marks: [
      Plot.ruleY(instances, { y: 'dollars', stroke: rds, strokeWidth: 2 }),
      Plot.text(instances, { x: () => end.rate, y: 'dollars', text: 'instance', ...label, fill: rds }),
      Plot.line(curve, { x: 'rate', y: 'dollars', stroke: dynamodb, strokeWidth: 2.5 }),
      Plot.text([end], { x: 'rate', y: 'dollars', text: () => 'DynamoDB', ...label, fill: dynamodb }),
      Plot.dot(crossings, {
        x: 'rate',
        y: 'dollars',
        fill: 'var(--page)',
        stroke: 'currentColor',
        strokeWidth: 2,
        r: 5,
      }),
    ],
  });
  const caption =
    'Database cost a month by average rate of the cart mix, us-east-1: DynamoDB on demand against RDS in two zones. Which rate an instance carries is not measured here.';
  return { sides: false, caption, svg };
}
