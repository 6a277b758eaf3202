/** All charts of a report. */
import { drawCosts, drawThroughput } from './capacity-charts.ts';
import type { Chart } from './draw-plot.ts';
import { drawDifferences, drawPercentiles, drawRates } from './latency-charts.ts';
import type { StepRecord } from './records.ts';
import type { Summary } from './summary.ts';

export type ChartName = 'differences' | 'percentiles' | 'rates' | 'throughput' | 'costs';

/** A chart without data is left out. */
export type Charts = Readonly<Partial<Record<ChartName, Chart>>>;

/** All charts there is data for. */
export function drawCharts(summary: Summary, records: readonly StepRecord[]): Charts {
  const drawn = {
    differences: drawDifferences(summary),
    percentiles: drawPercentiles(summary, records),
    rates: drawRates(summary),
    throughput: drawThroughput(summary),
    costs: drawCosts(summary),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, chart]) => chart !== undefined));
}
