/** What is measured: works, each with variants that do the same. */
import type { MeasuredProgram } from './measured-program.ts';

export interface Variant {
  readonly name: string;
  /** Variants may share a process. */
  readonly program: MeasuredProgram;
  /** The next request of the load. */
  readonly next: () => Buffer;
  /** In place of the work's. */
  readonly connections?: number;
  /** Sent once to each variant of a work: the answers must be the same. Absent for changes. */
  readonly probe?: Buffer;
}

export interface Goal {
  readonly label: string;
  /** The variant that is held against `base`. */
  readonly variant: string;
  readonly base: string;
  readonly figure: 'cpu' | 'rate' | 'p99';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Work {
  readonly name: string;
  readonly connections: number;
  readonly variants: readonly Variant[];
  /** @throws Error when an answer is not the work's */
  readonly check: (body: string) => void;
  readonly goals: readonly Goal[];
  /** Before each warm-up and each trial. */
  readonly prepare?: () => Promise<void>;
  /** A number that grows; the trials tell by how much for each request. */
  readonly counted?: { readonly label: string; readonly read: () => Promise<number> };
  /** Measures latency at half the throughput that this variant reaches in a closed loop. */
  readonly openLoop?: { readonly base: string };
}
