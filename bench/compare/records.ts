/** The raw results: one JSON object a line in steps.jsonl, in the order in which they were measured. */
import type { ConsistencyFigures } from './consistency.ts';
import type { LatencyFigures } from '../load/histogram.ts';
import type { RequestCount } from '../load/recorder.ts';
import type { Environment } from '../machine.ts';
import type { KneeResult } from './knee.ts';
import type { RunSettings } from './settings.ts';
import type { SideDescription } from './side-description.ts';
import type { OperationUnits, RequestUnits } from '../cost/operation-units.ts';

export type SideKey = 'first' | 'second';

export interface TrialRecord {
  readonly type: 'trial';
  readonly step: string;
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
  readonly achieved: number;
  /** By operation: how many belong to the trial, and how many of them failed. Absent in older results. */
  readonly requests?: Readonly<Record<string, RequestCount>>;
  readonly errors: Readonly<Record<string, number>>;
  /** Milliseconds; absent in a closed loop. */
  readonly lagP99?: number;
  /** CPU seconds per second of the trial; undefined where it cannot be read. */
  readonly cpu: {
    readonly generator: number;
    readonly service?: number | undefined;
    readonly engine?: number | undefined;
  };
  readonly latency: LatencyFigures;
  /** Thrown away, and why: it takes no part in any figure. */
  readonly discarded?: string;
  /** HDR histograms (V2, compressed, base64; microseconds) by operation; absent when discarded. */
  readonly histograms?: Readonly<Record<string, string>>;
}

export interface RateRecord {
  readonly type: 'rate';
  readonly step: string;
  readonly mix: string;
  /** Answers per second of eight clients without pause, each side. */
  readonly saturation: Readonly<Record<SideKey, number>>;
  /** The rate the trials of this mix use on both sides. */
  readonly rate: number;
}

export interface KneeRecord extends KneeResult {
  readonly type: 'knee';
  readonly step: string;
  readonly side: SideKey;
}

export interface ConsistencyRecord {
  readonly type: 'consistency';
  readonly step: string;
  readonly side: SideKey;
  /** As the service was configured; undefined where that is not known. */
  readonly reads?: 'eventual' | 'strong';
  readonly figures: ConsistencyFigures;
}

export interface UnitsRecord {
  readonly type: 'units';
  readonly step: string;
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
export interface FailureRecord {
  readonly type: 'failure';
  readonly step: string;
  readonly error: string;
}

export type StepRecord =
  TrialRecord | RateRecord | KneeRecord | ConsistencyRecord | UnitsRecord | FailureRecord;

/** run.json: what was asked for and where it ran. */
export interface RunDescription {
  readonly name: string;
  readonly startedAt: string;
  readonly settings: RunSettings;
  readonly environment: Environment;
  /** Commits it was resumed at, where they differ from the first. */
  readonly otherCommits?: readonly string[];
  readonly sides: Readonly<Record<SideKey, SideDescription>>;
}
