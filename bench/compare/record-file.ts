/** steps.jsonl: written a line at a time, so that whatever ends the run keeps what was measured. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { Step } from './plan.ts';
import type { StepRecord } from './records.ts';

export interface RecordFile {
  readonly records: readonly StepRecord[];
  append(record: StepRecord): void;
  /** What was recorded of these steps so far no longer counts; the lines stay in the file. */
  annul(steps: readonly string[]): void;
}

/** A line that says that the lines before it with this step do not count. */
interface Annulment {
  readonly type: 'annulled';
  readonly step: string;
}

/** Opens steps.jsonl; a last line that a sudden end cut off is dropped. */
export function openRecords(path: string): RecordFile {
  const records: StepRecord[] = [];
  const take = (line: StepRecord | Annulment) => {
    if (line.type !== 'annulled') records.push(line);
    else records.splice(0, records.length, ...records.filter(({ step }) => step !== line.step));
  };
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) take(JSON.parse(line) as StepRecord | Annulment);
  }
  const write = (line: StepRecord | Annulment) => {
    take(line);
    appendFileSync(path, `${JSON.stringify(line)}\n`);
  };
  return {
    records,
    append: write,
    annul(steps) {
      for (const step of steps) write({ type: 'annulled', step });
    },
  };
}

/** A step is done when something was kept for it. */
export const isDone = (records: readonly StepRecord[], step: string): boolean =>
  records.some(
    (record) =>
      record.step === step &&
      record.type !== 'failure' &&
      !(record.type === 'trial' && record.discarded !== undefined),
  );

/** By block, the steps of a mix that were kept in it: both sides and the control, or fewer. */
function keptByBlock(records: readonly StepRecord[], mix: string): Map<number, string[]> {
  const blocks = new Map<number, string[]>();
  for (const r of records) {
    if (r.type !== 'trial' || r.purpose !== 'verdict' || r.mix !== mix || r.discarded !== undefined) continue;
    if (r.block !== undefined) blocks.set(r.block, [...(blocks.get(r.block) ?? []), r.step]);
  }
  return blocks;
}

const isComplete = (steps: readonly string[]): boolean => steps.length === 3;

/** Blocks of a mix of which both sides and the control were kept. */
export const countCompleteBlocks = (records: readonly StepRecord[], mix: string): number =>
  [...keptByBlock(records, mix).values()].filter(isComplete).length;

/** Steps of a plan that are neither done nor dispensable. */
export function findMissing(records: readonly StepRecord[], plan: readonly Step[], blocks: number): Step[] {
  return plan.filter(
    (step) =>
      !isDone(records, step.id) && !(isBlock(step) && countCompleteBlocks(records, step.mix.name) >= blocks),
  );
}

/**
 * The steps of blocks that were begun and not finished. Another session has new processes and new data: what it measures
 * makes no pair with these, so the whole mix of the block is measured again.
 */
export function findHalfBlocks(records: readonly StepRecord[], plan: readonly Step[]): string[] {
  const mixes = new Set(plan.filter(isBlock).map(({ mix }) => mix.name));
  return [...mixes].flatMap((mix) =>
    [...keptByBlock(records, mix).values()].filter((steps) => !isComplete(steps)).flat(),
  );
}

const isBlock = (step: Step): step is Step & { kind: 'trial' } =>
  step.kind === 'trial' && step.purpose === 'verdict';
