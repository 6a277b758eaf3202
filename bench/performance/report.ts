/** Samples as medians with their spread, and the goals held against them. */
import { table } from '../report/model.ts';
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
  /** Undefined for a figure without a limit, and for a throughput that does not count. */
  readonly reached: boolean | undefined;
  /** How busy the process under test was, 0 to 1, where that was too little for its throughput to count. */
  readonly idling?: number;
  /** The same for the base of a throughput that counts: then the ratio flatters. */
  readonly baseIdling?: number;
}

/** A process that had less of its core was held up by something else: by the load, the database, or a stranger. */
const BUSY = 0.95;

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
  const [busy, baseBusy] = [busyOf(ours), busyOf(theirs)];
  if (goal.figure === 'rate' && busy < BUSY) return { ...goal, ratio, reached: undefined, idling: busy };
  const { atMost, atLeast } = goal;
  const reached =
    atMost !== undefined
      ? ratio.median <= atMost
      : atLeast !== undefined
        ? ratio.median >= atLeast
        : undefined;
  const flattered = goal.figure === 'rate' && baseBusy < BUSY;
  return { ...goal, ratio, reached, ...(flattered && { baseIdling: baseBusy }) };
}

const busyOf = (samples: readonly Sample[]) => spreadOf(samples.map(({ serviceBusy }) => serviceBusy)).median;

interface Column {
  readonly title: string;
  /** Undefined where a sample has no such figure; a column without any is left out. */
  readonly figure: (sample: Sample) => number | undefined;
  readonly format: (spread: Spread) => string;
}

const whole = (value: number) => value.toFixed(0);
const hundredths = ({ median }: Spread) => median.toFixed(2);
const percent = ({ median }: Spread) => `${whole(median * 100)} %`;

const columnsOf = (work: Work): readonly Column[] => [
  {
    title: 'CPU µs/request (range)',
    figure: ({ cpu }) => cpu,
    format: ({ median, least, most }) => `${whole(median)} (${whole(least)}–${whole(most)})`,
  },
  { title: 'requests/s', figure: ({ rate }) => rate, format: ({ median }) => whole(median) },
  { title: 'p50 ms', figure: ({ p50 }) => p50, format: hundredths },
  { title: 'p99 ms', figure: ({ p99 }) => p99, format: hundredths },
  { title: 'process busy', figure: ({ serviceBusy }) => serviceBusy, format: percent },
  { title: 'its core', figure: ({ serviceCore }) => serviceCore, format: percent },
  { title: 'other core', figure: ({ otherCore }) => otherCore, format: percent },
  { title: 'generator late, p99 ms', figure: ({ lagP99 }) => lagP99, format: hundredths },
  { title: work.counted?.label ?? '', figure: ({ counted }) => counted, format: hundredths },
];

/** Markdown: one table of the variants, one of the goals. */
export function describeWork(work: Work, samples: Samples): string {
  const all = Object.values(samples).flat();
  const columns = columnsOf(work).filter(({ figure }) => all.some((sample) => figure(sample) !== undefined));
  const rows = work.variants.map(({ name }) => [
    name,
    ...columns.map(({ figure, format }) =>
      format(spreadOf((samples[name] ?? []).map((sample) => figure(sample) ?? NaN))),
    ),
  ]);
  const goals = work.goals.map((goal) => describeGoal(judge(goal, samples)));
  const title = `### ${work.name}, c=${[...new Set(work.variants.map((v) => v.connections ?? work.connections))].join(', ')}`;
  return [
    title,
    table(['variant', ...columns.map((column) => column.title)], rows),
    ...(goals.length > 0 ? [table(['goal', 'limit', 'measured (range)', ''], goals)] : []),
  ].join('\n\n');
}

function describeGoal(goal: GoalResult): string[] {
  const { variant, label, base, atMost, atLeast, ratio, reached, idling, baseIdling } = goal;
  const limit = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : '';
  const measured = `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`;
  const verdict = reached === undefined ? '' : reached ? 'reached' : 'missed';
  const core = (busy: number) => `core ${whole(busy * 100)} % busy`;
  const remark =
    idling !== undefined
      ? `not counted: ${core(idling)}`
      : `${verdict}${baseIdling === undefined ? '' : ` (${base}: ${core(baseIdling)})`}`;
  return [`${variant}: ${label}`, limit, measured, remark];
}
