/** A walk through a store at its pace: for tasks that move or compare. */
import type { CartId } from '../../cart/ids.ts';
import type { CartWalk, WalkPage, WalkPart } from '../../stores/cart-walk.ts';
import type { Pace } from './pace.ts';
import { unlessEnded } from './persist.ts';
import type { Units } from './units.ts';

/** Records of a page: enough that a round trip costs little, few enough to be held in memory, at 300 KB each at most. */
const PAGE = 200;

export interface WalkTerms {
  readonly part?: WalkPart;
  readonly after?: CartId;
  readonly limits: { readonly carts?: number };
  readonly pace: Pace;
  readonly units: Pick<Units, 'used'>;
  readonly ending: AbortSignal;
  /** Repeats what can be repeated. */
  readonly persist: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * The next page is read while one is worked on.
 * @param work what is done with a page; it can be repeated
 * @returns whether the walk came to its end, rather than to that of the task
 */
export function walkPages(
  walk: CartWalk,
  terms: WalkTerms,
  work: (page: WalkPage) => Promise<void>,
): Promise<boolean> {
  return unlessEnded(walkAll(walk, terms, work), false);
}

async function walkAll(
  walk: CartWalk,
  { part, after, limits, pace, units, ending, persist }: WalkTerms,
  work: (page: WalkPage) => Promise<void>,
): Promise<boolean> {
  const first = Math.max(1, Math.min(PAGE, limits.carts ?? PAGE));
  const read = (position: CartId | undefined) =>
    persist(() =>
      walk.walk({ first, ...(part && { part }), ...(position !== undefined && { after: position }) }),
    );
  let reading = read(after);
  let used = units.used();
  for (;;) {
    const page = await reading;
    // Not beside a limit: what was read long before it is worked on has changed by then.
    const isLimited = limits.carts !== undefined;
    if (page.next !== undefined && !isLimited) reading = read(page.next);
    // It is waited for, and its failure heard, only when this page is done.
    reading.catch(() => undefined);
    await work(page);
    const { length } = page.records;
    await pace.spend({ carts: length, units: units.used() - used });
    used = units.used();
    if (page.next === undefined) return true;
    if (ending.aborted) return false;
    if (isLimited) reading = read(page.next);
  }
}
