/** Samples as medians with their spread, and the goals held against them. */
import type { Sample, Samples } from './rounds.ts';
import type { Goal, Work } from './work.ts';

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface GoalResult extends Goal {
  /** The median over the rounds of the figure's ratio within one round. */
  readonly ratio: Spread;
  readonly reached: boolean | undefined;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
  return { median, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN };
}

export function judge(goal: Goal, samples: Samples): GoalResult {
  const ours = samples[goal.variant] ?? [];
  const theirs = samples[goal.base] ?? [];
  const ratios = ours.map((sample, round) => sample[goal.figure] / (theirs[round] as Sample)[goal.figure]);
  // The latency goal is on the median of the trials' 99th percentiles.
  const p99 = (of: readonly Sample[]) => spreadOf(of.map((sample) => sample.p99)).median;
  const spread = spreadOf(ratios);
  const ratio = goal.figure === 'p99' ? { ...spread, median: p99(ours) / p99(theirs) } : spread;
  const { atMost, atLeast } = goal;
  const reached =
    atMost !== undefined
      ? ratio.median <= atMost
      : atLeast !== undefined
        ? ratio.median >= atLeast
        : undefined;
  return { ...goal, ratio, reached };
}

/** Markdown: one table of the variants, one of the goals. */
export function describeWork(work: Work, samples: Samples): string {
  const rows = work.variants.map(({ name }) => {
    const of = (figure: 'cpu' | 'rate' | 'p50' | 'p99' | 'serviceBusy') =>
      spreadOf((samples[name] ?? []).map((sample) => sample[figure]));
    const [cpu, rate, p50, p99, busy] = [of('cpu'), of('rate'), of('p50'), of('p99'), of('serviceBusy')];
    return `| ${name} | ${round(cpu.median)} (${round(cpu.least)}–${round(cpu.most)}) | ${round(rate.median)} | ${p50.median.toFixed(2)} | ${p99.median.toFixed(2)} | ${percent(busy.median)} |`;
  });
  const goals = work.goals.map((goal) => {
    const { ratio, reached } = judge(goal, samples);
    const limit =
      goal.atMost !== undefined ? `≤ ${goal.atMost}` : goal.atLeast !== undefined ? `≥ ${goal.atLeast}` : '';
    const verdict = reached === undefined ? '' : reached ? 'reached' : 'missed';
    return `| ${goal.variant}: ${goal.label} | ${limit} | ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)}) | ${verdict} |`;
  });
  return [
    `### ${work.name}, c=${work.connections}`,
    '',
    '| variant | CPU µs/request (range) | requests/s | p50 ms | p99 ms | process busy |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '| goal | limit | measured (range) | |',
    '| --- | --- | --- | --- |',
    ...goals,
    '',
  ].join('\n');
}

const round = (value: number) => value.toFixed(0);
const percent = (value: number) => `${(value * 100).toFixed(0)} %`;
