/** Samples as medians with their spread, and the goals held against them. */
import { percentileOf } from '../statistics.ts';
import { table } from '../report/sections.ts';
import type { Sample, Samples } from './rounds.ts';
import type { Goal, Work } from './works.ts';

export const progress = (line: string): void => {
  console.error(`  ${line}`);
};

/** What a measurement that is no work of rounds gives. */
export interface Report {
  readonly text: string;
  /** For the file of results. */
  readonly result: object;
  readonly goals?: readonly PlainGoal[];
}

export interface PlainGoal {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly reached: boolean;
  /** In place of "reached" or "missed". */
  readonly remark?: string;
}

export const goalTable = (goals: readonly PlainGoal[]): string =>
  table(
    ['goal', 'limit', 'measured', ''],
    goals.map(({ what, limit, measured, reached, remark = reached ? 'reached' : 'missed' }) => [
      ...[what, limit, measured, remark],
    ]),
  );

interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

interface GoalResult extends Goal {
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

const spreadOf = (values: readonly number[]): Spread => ({
  median: percentileOf(values, 50),
  least: Math.min(...values),
  most: Math.max(...values),
});

const medianOf = (samples: readonly Sample[], figure: keyof Sample) =>
  spreadOf(samples.map((sample) => sample[figure] ?? NaN)).median;

export function judge(goal: Goal, samples: Samples): GoalResult {
  const { figure, atMost = Infinity, atLeast = 0 } = goal;
  const [ours = [], theirs = []] = [samples[goal.variant], samples[goal.base]];
  const spread = spreadOf(ours.map((sample, round) => sample[figure] / (theirs[round] as Sample)[figure]));
  // The latency goal is on the median of the trials' 99th percentiles.
  const ratio =
    figure === 'p99' ? { ...spread, median: medianOf(ours, 'p99') / medianOf(theirs, 'p99') } : spread;
  const [idling, baseIdling] = [medianOf(ours, 'serviceBusy'), medianOf(theirs, 'serviceBusy')];
  if (figure === 'rate' && idling < BUSY) return { ...goal, ratio, reached: undefined, idling };
  const reached = ratio.median <= atMost && ratio.median >= atLeast;
  return { ...goal, ratio, reached, ...(figure === 'rate' && baseIdling < BUSY && { baseIdling }) };
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
export function describeWork(work: Work, samples: Samples): string {
  const all = Object.values(samples).flat();
  const columns = columnsOf(work).filter(([, figure]) => all.some((sample) => sample[figure] !== undefined));
  const rows = work.variants.map(({ name }) => [
    name,
    ...columns.map(([, figure, format]) =>
      format(spreadOf((samples[name] ?? []).map((s) => s[figure] ?? NaN))),
    ),
  ]);
  const goals = work.goals.map((goal) => describeGoal(judge(goal, samples)));
  return [
    `### ${work.name}, c=${[...new Set(work.variants.map((v) => v.connections ?? work.connections))].join(', ')}`,
    table(['variant', ...columns.map(([title]) => title)], rows),
    ...(goals.length > 0 ? [goalTable(goals)] : []),
  ].join('\n\n');
}

function describeGoal({ ratio, reached = false, idling, baseIdling, ...goal }: GoalResult): PlainGoal {
  const { variant, label, base, atMost, atLeast = 0 } = goal;
  const core = (busy: number) => `core ${whole(busy * 100)} % busy`;
  const flattered = baseIdling === undefined ? '' : ` (${base}: ${core(baseIdling)})`;
  const [median, least, most] = [ratio.median, ratio.least, ratio.most].map((value) => value.toFixed(2));
  return {
    what: `${variant}: ${label}`,
    limit: atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`,
    measured: `${median ?? ''} (${least ?? ''}–${most ?? ''})`,
    reached,
    remark:
      idling === undefined ? `${reached ? 'reached' : 'missed'}${flattered}` : `not counted: ${core(idling)}`,
  };
}
