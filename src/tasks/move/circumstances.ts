/** What the steps of a move have in common beside the stores. */
import type { CartCensus } from '../../stores/cart-census.ts';
import type { Catalog } from '../../stores/catalog.ts';
import type { Signal } from '../../waiting/abortable.ts';
import type { ProgressOutput } from '../catalogue/progress.ts';
import { createPace, waitFor, type Pace, type Spent } from './pace.ts';
import type { ReadCatalog } from './compare-catalogues.ts';
import { Ended, persist, unlessEnded } from './persist.ts';
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

/** About how many records there are; undefined for unknown, and for a task that is to end. */
export function estimateOf(
  census: CartCensus,
  { persist: again }: Pick<Circumstances, 'persist'>,
): Promise<number | undefined> {
  return unlessEnded(
    again(() => census.estimate()),
    undefined,
  );
}

/** A catalogue that is read page by page until the task is to end, each as patiently as the carts are. */
export function patientCatalog(
  catalog: Catalog,
  { persist: again, ending }: Pick<Circumstances, 'persist' | 'ending'>,
): ReadCatalog {
  return {
    list(page) {
      if (ending.aborted) throw new Ended();
      return again(() => catalog.list(page));
    },
    findMany: (ids) => again(() => catalog.findMany(ids)),
  };
}
