/** Samples as medians with their spread, and the goals held against them. */
import { percentileOf } from '../statistics.ts';
import { table } from '../report/table.ts';
import type { Sample, Samples } from './rounds.ts';
import type { Goal, Work } from './works.ts';

/** What a measurement that is no work of rounds gives. */
export interface Report {
  readonly text: string;
  /** For the file of results. */
  readonly result: object;
  readonly goals?: readonly PlainGoal[];
}

/** @param remark in place of "reached" or "missed" */
export const goalOf = (
  what: string,
  limit: string,
  measured: string,
  reached: boolean,
  remark = reached ? 'reached' : 'missed',
) => ({ what, limit, measured, reached, remark });
export type PlainGoal = ReturnType<typeof goalOf>;

export const goalTable = (goals: readonly PlainGoal[]): string =>
  table(
    ['goal', 'limit', 'measured', ''],
    goals.map(({ what, limit, measured, remark }) => [what, limit, measured, remark]),
  );

/** A process that had less of its core was held up by something else: by the load, the database, or a stranger. */
const BUSY = 0.95;

const spreadOf = (values: readonly number[]) => ({
  median: percentileOf(values, 50),
  least: Math.min(...values),
  most: Math.max(...values),
});
type Spread = ReturnType<typeof spreadOf>;

const medianOf = (samples: readonly Sample[], figure: keyof Sample) =>
  spreadOf(samples.map((sample) => sample[figure] ?? NaN)).median;

export function judge(goal: Goal, samples: Samples) {
  const { figure, atMost = Infinity, atLeast = 0 } = goal;
  const [ours = [], theirs = []] = [samples[goal.variant], samples[goal.base]];
  /** The median over the rounds of the figure's ratio within one round. */
  const spread = spreadOf(ours.map((sample, round) => sample[figure] / (theirs[round] as Sample)[figure]));
  // The latency goal is on the median of the trials' 99th percentiles.
  const ratio =
    figure === 'p99' ? { ...spread, median: medianOf(ours, 'p99') / medianOf(theirs, 'p99') } : spread;
  const [idling, baseIdling] = [medianOf(ours, 'serviceBusy'), medianOf(theirs, 'serviceBusy')];
  const isIdle = figure === 'rate' && idling < BUSY;
  return {
    ...{ ...goal, ratio },
    /** Undefined for a throughput that does not count. */
    reached: isIdle ? undefined : ratio.median <= atMost && ratio.median >= atLeast,
    /** How busy the process under test was, 0 to 1, where that was too little for its throughput to count. */
    ...(isIdle && { idling }),
    /** The same for the base of a throughput that counts: then the ratio flatters. */
    ...(!isIdle && figure === 'rate' && baseIdling < BUSY && { baseIdling }),
  };
}

export const whole = (value: number) => value.toFixed(0);
const hundredths = ({ median }: Spread) => median.toFixed(2);
const percent = ({ median }: Spread) => `${whole(median * 100)} %`;
const range = ({ median, least, most }: Spread) => `${whole(median)} (${whole(least)}–${whole(most)})`;

/** A column without any figure is left out. */
const columnsOf = ({
  counted,
}: Work): [title: string, figure: keyof Sample, format: (spread: Spread) => string][] => [
  ['CPU µs/request (range)', 'cpu', range],
  ['requests/s', 'rate', ({ median }) => whole(median)],
  ['p50 ms', 'p50', hundredths],
  ['p99 ms', 'p99', hundredths],
  ['process busy', 'serviceBusy', percent],
  ['generator late, p99 ms', 'lagP99', hundredths],
  [counted?.label ?? '', 'counted', hundredths],
];

/** Markdown: one table of the variants, one of the goals. */
export function reportWork(work: Work, samples: Samples): Report {
  const all = Object.values(samples).flat();
  const columns = columnsOf(work).filter(([, figure]) => all.some((sample) => sample[figure] !== undefined));
  const rows = work.variants.map(({ name }) => [
    name,
    ...columns.map(([, figure, format]) =>
      format(spreadOf((samples[name] ?? []).map((s) => s[figure] ?? NaN))),
    ),
  ]);
  const goals = work.goals.map((goal) => judge(goal, samples));
  const parts = [
    `### ${work.name}, c=${[...new Set(work.variants.map((v) => v.connections ?? work.connections))].join(', ')}`,
    table(['variant', ...columns.map(([title]) => title)], rows),
    ...(goals.length > 0 ? [goalTable(goals.map(describeGoal))] : []),
  ];
  return { text: `${parts.join('\n\n')}\n`, result: { work: work.name, samples, goals } };
}

function describeGoal(judged: ReturnType<typeof judge>): PlainGoal {
  const { ratio, reached = false, idling, baseIdling, variant, label, base, atMost, atLeast = 0 } = judged;
  const core = (busy: number) => `core ${whole(busy * 100)} % busy`;
  const flattered = baseIdling === undefined ? '' : ` (${base}: ${core(baseIdling)})`;
  const [median, least, most] = [ratio.median, ratio.least, ratio.most].map((value) => value.toFixed(2));
  const limit = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  const measured = `${median ?? ''} (${least ?? ''}–${most ?? ''})`;
  const counted = `${reached ? 'reached' : 'missed'}${flattered}`;
  const remark = idling === undefined ? counted : `not counted: ${core(idling)}`;
  return goalOf(`${variant}: ${label}`, limit, measured, reached, remark);
}
