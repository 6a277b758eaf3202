/** One execution of a request: what its resolvers share, and what they leave behind. */
import type { Clockwork, Timing } from './timing.ts';

export interface RunSettings {
  readonly seed: string;
  readonly timing: Timing;
  /** The share of places where something goes wrong. */
  readonly faults: number;
}

/** The context value. */
export interface Run extends RunSettings {
  readonly clockwork: Clockwork;
  /** Every call of a resolver with its arguments, and every promise that settled, in order. */
  readonly calls: string[];
  readonly root: unknown;
}
