/** A trial that had to be thrown away is measured again. */
import type { Mix } from './mixes.ts';
import type { SideKey, TrialRecord } from './records.ts';
import type { RunContext } from './run-context.ts';
import { runTrial } from './trial.ts';

/** A discarded trial is measured so many times in all. */
const ATTEMPTS = 4;

interface TrialPlan {
  readonly step: string;
  readonly purpose: TrialRecord['purpose'];
  readonly mix: Mix;
  readonly side: SideKey;
  readonly randomSeed: string;
  readonly rate: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly block?: number;
  readonly arm?: TrialRecord['arm'];
}

/** Until a trial may be kept, at most ATTEMPTS times; every attempt is recorded. */
export async function runWithRetries(context: RunContext, plan: TrialPlan): Promise<TrialRecord> {
  const { side: key, ...rest } = plan;
  for (let attempt = 1; ; attempt += 1) {
    const record = await runTrial({
      ...rest,
      attempt,
      side: context.sides[key],
      data: context.data[key],
      signal: context.signal,
    });
    context.records.append(record);
    if (record.discarded === undefined) return record;
    context.progress.note(`thrown away: ${plan.step}, attempt ${attempt}: ${record.discarded}`);
    if (attempt === ATTEMPTS) return record;
  }
}
