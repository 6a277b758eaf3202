/**
 * The raw results. run.json: what was asked for and where it ran. steps.jsonl: one JSON object a line in the order of
 * measuring, written a line at a time, so that whatever ends the run keeps what was measured.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { OperationUnits, RequestUnits } from '../cost/units.ts';
import type { LatencyFigures } from '../load/histogram.ts';
import type { Environment } from '../processes/machine.ts';
import type { ConsistencyFigures } from './consistency.ts';
import type { KneeResult } from './knee.ts';
import type { RunSettings } from './settings.ts';

export const SIDES = ['first', 'second'] as const;
export type SideKey = (typeof SIDES)[number];
export type BySide<T> = Readonly<Record<SideKey, T>>;
export const bySide = <T>(of: (key: SideKey) => T): BySide<T> => {
  return { first: of('first'), second: of('second') };
};

/**
 * - embedded: started here, on this machine
 * - named: a database that the asker named, which is not one of AWS's own endpoints: an emulator, or an engine of theirs
 * - unsaid: a running service; nobody said what stands behind it
 * - aws: an endpoint of AWS, or a running service of which the asker says so
 */
export type EngineKind = 'embedded' | 'named' | 'unsaid' | 'aws';

export interface SideDescription {
  readonly label: string;
  /** One line on what answers there, without secrets. */
  readonly behind: string;
  readonly engine: EngineKind;
  /** The service ran already: it was not pinned here. */
  readonly running?: boolean | undefined;
}

export interface RunDescription {
  readonly name: string;
  readonly startedAt: string;
  readonly settings: RunSettings;
  readonly environment: Environment;
  /** Commits it was resumed at, where they differ from the first. */
  readonly otherCommits?: readonly string[];
  readonly sides: BySide<SideDescription>;
}

interface Step<T extends string> {
  readonly type: T;
  readonly step: string;
}

export interface TrialRecord extends Step<'trial'> {
  readonly attempt: number;
  readonly startedAt: string;
  readonly side: SideKey;
  readonly mix: string;
  /** Within a block: the two sides, and the one of them that is measured again as a control. */
  readonly block?: number | undefined;
  readonly arm?: SideKey | 'repeat' | undefined;
  readonly purpose: 'verdict' | 'descriptive' | 'knee';
  /** Requests per second of an open loop; absent in a closed one. */
  readonly rate?: number;
  readonly seconds: number;
  readonly arrivals: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Share of the arrivals that was answered by the end of the trial. */
  readonly achieved: number;
  /** By operation: how many belong to the trial, and how many of them failed. */
  readonly requests: Readonly<Record<string, { readonly arrivals: number; readonly failed: number }>>;
  readonly errors: Readonly<Record<string, number>>;
  /** How late the generator sent, milliseconds; absent in a closed loop. */
  readonly lagP99?: number;
  /** CPU seconds per second of the trial; undefined where it cannot be read. */
  readonly cpu: Readonly<
    Record<'generator', number> & Partial<Record<'service' | 'engine', number | undefined>>
  >;
  /** From the intended times. */
  readonly latency: LatencyFigures;
  /** From the times of sending: without what the generator was late. Absent in a closed loop. */
  readonly fromSend?: LatencyFigures;
  /** Thrown away, and why: it takes no part in any figure. */
  readonly discarded?: string;
  /** HDR histograms (V2, compressed, base64; microseconds) by operation; absent when discarded. */
  readonly histograms?: Readonly<Record<string, string>>;
}

export interface RateRecord extends Step<'rate'> {
  readonly mix: string;
  /** Answers per second of eight clients without pause. */
  readonly saturation: BySide<number>;
  /** The rate the trials of this mix use on both sides. */
  readonly rate: number;
}

export interface KneeRecord extends Step<'knee'>, KneeResult {
  readonly side: SideKey;
}

export interface ConsistencyRecord extends Step<'consistency'> {
  readonly side: SideKey;
  /** As the service was configured; undefined where that is not known. */
  readonly reads?: 'eventual' | 'strong';
  readonly figures: ConsistencyFigures;
}

export interface UnitsRecord extends Step<'units'> {
  /** Units of one operation, as the engine reports them; every change loads its cart first. The basis of costs. */
  readonly operations: OperationUnits;
  /** The same requests by the formula, from the items that went over the wire. */
  readonly formula: OperationUnits;
  /** Bytes of the cart that was changed and read. */
  readonly cartBytes: number;
  /** A merge of two carts, which is a transaction. */
  readonly merge?: { readonly measured: RequestUnits; readonly formula: RequestUnits };
}

/** A step that ended with an error: it counts as not measured, and --resume tries it again. */
export interface FailureRecord extends Step<'failure'> {
  readonly error: string;
}

export type StepRecord =
  TrialRecord | RateRecord | KneeRecord | ConsistencyRecord | UnitsRecord | FailureRecord;
/** The lines before it with this step do not count. */
type Line = StepRecord | Step<'annulled'>;

export interface RecordFile {
  readonly records: readonly StepRecord[];
  append(record: Line): void;
}

/** Opens steps.jsonl; a last line that a sudden end cut off is dropped. */
export function openRecords(path: string): RecordFile {
  const records: StepRecord[] = [];
  const take = (line: Line) => {
    if (line.type !== 'annulled') records.push(line);
    else records.splice(0, records.length, ...records.filter(({ step }) => step !== line.step));
  };
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
  for (const line of whole.split('\n').filter(Boolean)) take(JSON.parse(line) as Line);
  return {
    records,
    append(line) {
      take(line);
      appendFileSync(path, `${JSON.stringify(line)}\n`);
    },
  };
}

/** Trials that take part in figures. */
export const keptTrials = (records: readonly StepRecord[], mix: string): TrialRecord[] =>
  records.filter(
    (r): r is TrialRecord =>
      r.type === 'trial' && r.mix === mix && r.purpose !== 'knee' && r.discarded === undefined,
  );

/** A step is done when something was kept for it. */
export const isDone = (records: readonly StepRecord[], step: string): boolean =>
  records.some(
    (r) => r.step === step && r.type !== 'failure' && !(r.type === 'trial' && r.discarded !== undefined),
  );

/**
 * The steps of blocks that were begun and not finished. Another session has new processes and new data: what it measures
 * makes no pair with these, so the whole mix of the block is measured again.
 */
export function findHalfBlocks(records: readonly StepRecord[]): string[] {
  const blocks = new Map<string, string[]>();
  for (const r of records) {
    if (r.type !== 'trial' || r.block === undefined || r.discarded !== undefined) continue;
    const key = `${r.mix}/${r.block}`;
    blocks.set(key, [...(blocks.get(key) ?? []), r.step]);
  }
  // Whole is a block with both sides and the control.
  return [...blocks.values()].filter(({ length }) => length < 3).flat();
}
