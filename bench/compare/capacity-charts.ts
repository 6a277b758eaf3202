/** Charts of throughput and of cost. */
import * as Plot from '@observablehq/plot';
import { colourOf, drawPlot, SIDES, type Chart } from './draw-plot.ts';
import { COST_INSTANCES, costFunctions } from './report-cost.ts';
import type { Summary } from './summary.ts';

/** Answers per second at the knee and at saturation. */
export function drawThroughput({ knees, mixes, run }: Summary): Chart | undefined {
  const saturation = mixes.find(({ mix }) => mix === 'saturation')?.sides;
  const bars = SIDES.flatMap((side) => {
    const knee = knees.find((record) => record.side === side)?.rate;
    const saturated = saturation?.[side]?.throughput;
    const row = (what: string, rate: number | undefined) =>
      rate === undefined ? [] : [{ what, name: run.sides[side].label, side: colourOf(side), rate }];
    return [...row('at the knee', knee), ...row('120 always under way', saturated)];
  });
  if (bars.length === 0) return undefined;
  return {
    sides: true,
    caption: 'Answers per second of the cart mix, with one service process.',
    svg: drawPlot(
      {
        height: 70 + bars.length * 30,
        marginLeft: 120,
        marginRight: 150,
        x: { label: 'answers/s', grid: true, zero: true },
        y: { label: null, axis: 'left', domain: SIDES.map((side) => run.sides[side].label) },
        fy: { label: null, axis: 'right', domain: ['at the knee', '120 always under way'] },
        marginTop: 20,
        marks: [
          Plot.barX(bars, { x: 'rate', y: 'name', fy: 'what', fill: 'side' }),
          Plot.text(bars, {
            x: 'rate',
            y: 'name',
            fy: 'what',
            text: (d: { rate: number }) => d.rate.toFixed(0),
            dx: 6,
            textAnchor: 'start',
          }),
          Plot.ruleX([0], { stroke: 'currentColor' }),
        ],
      },
      'Throughput',
    ),
  };
}

/** Dollars a month by rate: DynamoDB rises with it, an instance does not; dots where they meet. */
export function drawCosts(summary: Summary): Chart {
  const cost = costFunctions(summary);
  const rates = Array.from({ length: 46 }, (_, i) => 10 ** (i / 15));
  const instances = COST_INSTANCES.map((instance) => ({ instance, dollars: cost.rds(instance) }));
  const crossings = instances.map(({ dollars }) => ({ rate: cost.crossover(dollars), dollars }));
  const top = rates.at(-1) ?? 1000;
  return {
    sides: false,
    caption:
      'Database cost a month by average rate of the cart mix, us-east-1: DynamoDB on demand against RDS in two zones. Which rate an instance carries is not measured here.',
    svg: drawPlot(
      {
        height: 340,
        marginRight: 120,
        x: {
          type: 'log',
          label: 'operations/s, averaged over the month',
          grid: true,
          ticks: 5,
          tickFormat: '~g',
        },
        y: {
          type: 'log',
          label: '$ a month',
          domain: [1, cost.dynamodb(top)],
          grid: true,
          ticks: 5,
          tickFormat: '~g',
        },
        marks: [
          Plot.ruleY(instances, { y: 'dollars', stroke: 'var(--first)', strokeWidth: 2 }),
          Plot.text(instances, {
            x: () => top,
            y: 'dollars',
            text: 'instance',
            dx: 8,
            textAnchor: 'start',
            fill: 'var(--first)',
          }),
          Plot.line(
            rates.map((rate) => ({ rate, dollars: cost.dynamodb(rate) })),
            { x: 'rate', y: 'dollars', stroke: 'var(--second)', strokeWidth: 2.5 },
          ),
          Plot.text([{ rate: top, dollars: cost.dynamodb(top) }], {
            x: 'rate',
            y: 'dollars',
            text: () => 'DynamoDB',
            dx: 8,
            textAnchor: 'start',
            fill: 'var(--second)',
          }),
          Plot.dot(crossings, {
            x: 'rate',
            y: 'dollars',
            fill: 'var(--page)',
            stroke: 'currentColor',
            strokeWidth: 2,
            r: 5,
          }),
        ],
      },
      'Cost by rate',
    ),
  };
}
