/** Everything a report says, as data: written to summary.json, so that it can be checked and drawn anew. */
import { loadPrices } from '../cost/prices.ts';
import { splitOperations, type Workload } from '../cost/monthly-cost.ts';
import { PRICED_SHAPE, unitsByFormula, type OperationUnits } from '../cost/operation-units.ts';
import { summariseMixes, type MixSummary } from './analysis.ts';
import { checkRequirements, type RequirementCheck } from './requirements.ts';
import type {
  ConsistencyRecord,
  FailureRecord,
  KneeRecord,
  RunDescription,
  StepRecord,
  TrialRecord,
  UnitsRecord,
} from '../compare/records.ts';
import { isDone } from '../compare/record-file.ts';
import { isManagedByAws } from '../compare/side-description.ts';

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
  /** Steps that ended with an error and were not measured later. */
  readonly failures: readonly FailureRecord[];
  readonly discarded: readonly Pick<TrialRecord, 'step' | 'attempt' | 'discarded'>[];
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
    failures: records.filter(
      (r, i): r is FailureRecord =>
        r.type === 'failure' &&
        !isDone(records, r.step) &&
        i === records.findLastIndex(({ type, step }) => type === 'failure' && step === r.step),
    ),
    discarded: records
      .filter((r): r is TrialRecord => r.type === 'trial' && r.discarded !== undefined)
      .map(({ step, attempt, discarded = '' }) => ({ step, attempt, discarded })),
  };
}

/** Whether the report may name a winner: the full run, on engines that AWS manages. */
export const mayNameWinner = ({ run }: Summary): boolean =>
  !run.settings.quick &&
  run.settings.engines === 'aws' &&
  isManagedByAws(run.sides.first) &&
  isManagedByAws(run.sides.second);
