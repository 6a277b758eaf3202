/** What the steps of a move have in common beside the stores. */
import type { Signal } from '../../waiting/abortable.ts';
import type { ProgressOutput } from '../catalogue/progress.ts';
import { createPace, waitFor, type Pace, type Spent } from './pace.ts';
import { persist } from './persist.ts';
import type { Units } from './units.ts';

export interface Circumstances {
  readonly pace: Pace;
  readonly units: Units;
  readonly ending: AbortSignal;
  /** Repeats what can be repeated, for as long as a database may be away. */
  persist<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Where progress is told. */
  readonly out: ProgressOutput;
  /** Milliseconds since any moment. */
  readonly clock: () => number;
  /** Waits for so many milliseconds, or until the task is to end. */
  wait(milliseconds: number): Promise<void>;
}

export function createCircumstances(
  limits: Partial<Spent>,
  units: Units,
  ending: AbortSignal,
): Circumstances {
  const wait = waitFor(ending satisfies Signal);
  const out = process.stderr;
  const say = (line: string) => out.write(`${line}\n`);
  return {
    pace: createPace({ limits, wait }),
    units,
    ending,
    persist: (work) => persist(work, { say, wait, ending }),
    out,
    clock: () => performance.now(),
    wait,
  };
}
