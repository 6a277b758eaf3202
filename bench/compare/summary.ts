/** Everything a report says, as data: written to summary.json, so that it can be checked and drawn anew. */
import { loadPrices } from '../cost/prices.ts';
import { splitOperations, type Workload } from '../cost/monthly-cost.ts';
import { PRICED_SHAPE, unitsByFormula, type OperationUnits } from '../cost/operation-units.ts';
import { summariseMixes, type MixSummary } from './analysis.ts';
import type { Environment } from './environment.ts';
import type {
  ConsistencyRecord,
  KneeRecord,
  LatencyFigures,
  SideKey,
  StepRecord,
  TrialRecord,
  UnitsRecord,
} from './records.ts';
import type { RunSettings } from './settings.ts';
import type { SideDescription } from './sides.ts';

/** run.json: what was asked for and where it ran. */
export interface RunDescription {
  readonly name: string;
  readonly startedAt: string;
  readonly settings: RunSettings;
  readonly environment: Environment;
  readonly sides: Readonly<Record<SideKey, SideDescription>>;
}

export interface RequirementCheck {
  readonly title: string;
  /** Milliseconds, for the p95. */
  readonly limit: number;
  readonly p95: Readonly<Record<SideKey, number | undefined>>;
  readonly outcome: Readonly<Record<SideKey, 'holds' | 'does not hold' | 'not measured'>>;
}

export interface Summary {
  readonly run: RunDescription;
  /** What was planned and is not there; empty for a whole run. */
  readonly missing: readonly string[];
  readonly mixes: readonly MixSummary[];
  readonly requirements: readonly RequirementCheck[];
  readonly knees: readonly KneeRecord[];
  readonly consistency: readonly ConsistencyRecord[];
  readonly units?: UnitsRecord;
  /** The request units the costs are computed from, and whether they were measured. */
  readonly costUnits: OperationUnits;
  readonly costWorkload: Workload;
  readonly pricesDate: string;
  readonly discarded: readonly Pick<TrialRecord, 'step' | 'attempt' | 'discarded'>[];
}

/** The access-pattern requirements and where they are measured: mix, operation within it, limit of the p95. */
const REQUIREMENTS = [
  { title: 'get cart by id', mix: 'get10', operation: 'get10', limit: 50 },
  { title: 'get cart of 50 items', mix: 'get50', operation: 'get50', limit: 50 },
  { title: 'create cart', mix: 'create', operation: 'create', limit: 100 },
  { title: 'add items', mix: 'add', operation: 'add', limit: 100 },
  { title: 'customer history', mix: 'history', operation: 'history', limit: 500 },
  { title: 'get cart, 120 concurrent shoppers', mix: 'shoppers', operation: 'get10', limit: 50 },
  { title: 'create cart, 120 concurrent shoppers', mix: 'shoppers', operation: 'create', limit: 100 },
  { title: 'add items, 120 concurrent shoppers', mix: 'shoppers', operation: 'add', limit: 100 },
  { title: 'customer history, 120 concurrent shoppers', mix: 'shoppers', operation: 'history', limit: 500 },
] as const;

function checkRequirements(mixes: readonly MixSummary[]): RequirementCheck[] {
  return REQUIREMENTS.map(({ title, mix, operation, limit }) => {
    const sides = mixes.find((candidate) => candidate.mix === mix)?.sides;
    const figure = (side: SideKey): LatencyFigures | undefined => sides?.[side]?.byOperation[operation];
    const outcome = (side: SideKey) => {
      const latency = figure(side);
      if (latency === undefined) return 'not measured';
      return latency.p95 < limit && sides?.[side]?.failed === 0 ? 'holds' : 'does not hold';
    };
    return {
      title,
      limit,
      p95: { first: figure('first')?.p95, second: figure('second')?.p95 },
      outcome: { first: outcome('first'), second: outcome('second') },
    };
  });
}

/** Of a finished or interrupted run. */
export function summarise(
  run: RunDescription,
  records: readonly StepRecord[],
  missing: readonly string[],
): Summary {
  const mixes = summariseMixes(records, run.settings);
  const units = records.findLast((r): r is UnitsRecord => r.type === 'units');
  const prices = loadPrices();
  return {
    run,
    missing,
    mixes,
    requirements: checkRequirements(mixes),
    knees: records.filter((r): r is KneeRecord => r.type === 'knee'),
    consistency: records.filter((r): r is ConsistencyRecord => r.type === 'consistency'),
    ...(units === undefined ? {} : { units }),
    costUnits: units?.operations ?? unitsByFormula(PRICED_SHAPE, 'eventual'),
    costWorkload: {
      rate: 1,
      shares: splitOperations(0.7),
      items: PRICED_SHAPE.items,
      hoursPerMonth: prices.hoursPerMonth,
    },
    pricesDate: prices.date,
    discarded: records
      .filter((r): r is TrialRecord => r.type === 'trial' && r.discarded !== undefined)
      .map(({ step, attempt, discarded = '' }) => ({ step, attempt, discarded })),
  };
}

/** Whether the report may name a winner: the full run, on engines that AWS manages. */
export const mayNameWinner = ({ run }: Summary): boolean =>
  !run.settings.quick &&
  run.settings.engines === 'aws' &&
  !run.sides.first.embedded &&
  !run.sides.second.embedded;
