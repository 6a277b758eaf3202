/** Carts of one page of a walk, handed over until none of them is in anybody's way. */
import type { Cart } from '../../cart/cart.ts';
import type { CartStore } from '../../stores/cart-store.ts';
import type { Mover, MoveOutcome } from '../../stores/moving/mover.ts';
import { UnreadableCart } from '../../stores/unreadable-record.ts';
import { loadReadable } from './load-readable.ts';

/**
 * What became of records, by how many: as the mover says, `unreadable`, or `withheld` because the target cannot keep all of it. What is
 * still `changed` or `unknown` is left.
 */
export type Tally = Record<Outcome, number>;

type Outcome = MoveOutcome | 'unreadable' | 'withheld';

export const noTally = (): Tally => ({
  moved: 0,
  brought: 0,
  there: 0,
  expired: 0,
  changed: 0,
  unknown: 0,
  unreadable: 0,
  withheld: 0,
});

/** Rounds for carts that somebody changes, or whose commits are not answered. */
const ROUNDS = 4;

export interface PageDependencies {
  /** The store that the records were met in. */
  readonly source: CartStore;
  readonly mover: Pick<Mover, 'handOver'>;
  /** Hears of each record that cannot be read. */
  readonly unreadable: (error: Error) => void;
  /** Whether the cart has to stay where it is; none by default. */
  readonly withholds?: (cart: Cart) => boolean;
}

/** Whatever was changed meanwhile is read again and handed over as it is by then. @throws faults of the stores that are no cart's */
export async function handOverPage(deps: PageDependencies, records: readonly Cart[]): Promise<Tally> {
  const tally = noTally();
  const { withholds = () => false } = deps;
  let met = records;
  for (let round = 1; met.length > 0; round += 1) {
    const open = met.filter((record) => !withholds(record));
    tally.withheld += met.length - open.length;
    const outcomes = await handOverReadable(deps, open);
    const again: Cart[] = [];
    open.forEach((record, at) => {
      const outcome = outcomes[at] as Outcome;
      if (round < ROUNDS && (outcome === 'changed' || outcome === 'unknown')) again.push(record);
      else tally[outcome] += 1;
    });
    met = await readAgain(deps, again, tally);
  }
  return tally;
}

export function addTally(sum: Tally, more: Tally): void {
  for (const outcome of Object.keys(more) as Outcome[]) sum[outcome] += more[outcome];
}

async function readAgain(
  deps: PageDependencies,
  records: readonly Cart[],
  tally: Tally,
): Promise<readonly Cart[]> {
  if (records.length === 0) return [];
  const found = await loadReadable(
    deps.source,
    records.map(({ id }) => id),
  );
  tally.unreadable += found.filter((cart) => cart === 'unreadable').length;
  // What is gone had expired.
  tally.expired += found.filter((cart) => cart === undefined).length;
  return found.filter((cart) => cart !== undefined && cart !== 'unreadable');
}

/** One that cannot be read, in the store that the others go to, keeps nobody else from going there. */
async function handOverReadable(deps: PageDependencies, records: readonly Cart[]): Promise<Outcome[]> {
  try {
    return await deps.mover.handOver(records);
  } catch (error) {
    if (!(error instanceof UnreadableCart)) throw error;
    if (records.length === 1) {
      deps.unreadable(error);
      return ['unreadable'];
    }
    const half = Math.ceil(records.length / 2);
    const [first, second] = [records.slice(0, half), records.slice(half)];
    return [...(await handOverReadable(deps, first)), ...(await handOverReadable(deps, second))];
  }
}
