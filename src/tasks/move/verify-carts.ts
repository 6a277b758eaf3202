/** Carts of both stores compared, page by page, while they are used; what was begun is completed. */
import { isLive, type Cart, type Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { cartOfMarker, liveCart, liveMarker } from '../../cart/moved.ts';
import type { CartStore } from '../../stores/cart-store.ts';
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import { createMover } from '../../stores/moving/mover.ts';
import { answers } from '../../stores/moving/place.ts';
import { compareCart, type CartDifference } from './compare-carts.ts';
import { handOverPage } from './hand-over-page.ts';
import { loadReadable } from './load-readable.ts';

/** Looks at a cart that seems to differ: it may have been changed between the readings of the two stores. */
const LOOKS = 4;

export interface FoundDifference extends CartDifference {
  readonly record: Cart;
}

export interface CartChecks {
  /** Compares records that a walk of the source has met. @returns what differs however often it is looked at, and what is waived */
  checkSource(records: readonly Cart[]): Promise<FoundDifference[]>;
  /** Sees to records that a walk of the target has met: carts that are on their way back, and markers without a cart. */
  checkTarget(records: readonly Cart[]): Promise<void>;
  readonly completed: Completed;
}

export interface Completed {
  /** That were on their way, either way, and are in the target now. */
  carts: number;
  /** Markers without a cart that were ended. */
  fences: number;
  /** Records of the target of which nobody knows yet what has become: commits that were not answered, or that somebody was in the way of. */
  left: number;
}

type Sides = Pick<OpenedMove, 'source' | 'target' | 'mover'>;

/**
 * @param unreadable hears of each record that cannot be read
 * @param without fields of a newer version that the target may lack
 */
// eslint-disable-next-line max-lines-per-function -- two short checks that share what they have completed
export function createCartChecks(
  sides: Sides,
  clock: () => Timestamp,
  unreadable: (error: Error) => void,
  without: ReadonlySet<string> = new Set(),
): CartChecks {
  const { source, target, mover } = sides;
  const completed: Completed = { carts: 0, fences: 0, left: 0 };

  async function complete(records: readonly Cart[]): Promise<void> {
    const { brought, moved } = await handOverPage({ source: source.carts, mover, unreadable }, records);
    completed.carts += brought + moved;
  }

  async function checkSource(records: readonly Cart[], look = 1): Promise<FoundDifference[]> {
    if (records.length === 0) return [];
    const there = await loadReadable(target.carts, idsOf(records));
    const now = clock();
    const found = records.flatMap((record, at): FoundDifference[] => {
      const other = there[at];
      if (other === 'unreadable' || !isLive(record, now)) return [];
      const difference = compareCart(record, other, now, without);
      return difference ? [{ record, ...difference }] : [];
    });
    const suspects = found.filter(({ kind }) => kind !== 'waived');
    if (look === LOOKS || suspects.length === 0) return found;
    await complete(suspects.flatMap(({ record, kind }) => (kind === 'missing' ? [record] : [])));
    const again = await loadCarts(
      source.carts,
      suspects.map(({ record }) => record),
    );
    return [...found.filter(({ kind }) => kind === 'waived'), ...(await checkSource(again, look + 1))];
  }

  return {
    completed,
    checkSource: (records) => checkSource(records),
    async checkTarget(records) {
      const { carts, left } = await bringBack(sides, records, clock, unreadable);
      await complete(carts);
      const fences = records.filter((record) => liveMarker(record, clock()) && !cartOfMarker(record));
      const ended = await mover.endFences(fences);
      completed.fences += ended;
      completed.left += left + fences.length - ended;
    },
  };
}

/**
 * Carts of which the target has a marker, and the source nothing newer: they were on their way back when the move was turned round once
 * more. They are brought where they were going: only what is there can be handed over.
 */
async function bringBack(
  sides: Sides,
  records: readonly Cart[],
  clock: () => Timestamp,
  unreadable: (error: Error) => void,
): Promise<{ carts: Cart[]; left: number }> {
  const [source, target] = [sides.source.carts, sides.target.carts];
  const onWay = await onTheirWayBack(sides, records, clock());
  const mover = createMover({ source: target, target: source }, clock);
  const tally = await handOverPage({ source: target, mover, unreadable }, onWay);
  return {
    carts: await loadCarts(source, onWay),
    left: tally.changed + tally.unknown + tally.unreadable,
  };
}

async function onTheirWayBack(
  { source }: Sides,
  records: readonly Cart[],
  now: Timestamp,
): Promise<readonly Cart[]> {
  const markers = records.filter((record) => isLive(record, now) && cartOfMarker(record));
  if (markers.length === 0) return [];
  const there = await loadReadable(source.carts, idsOf(markers));
  return markers.filter((marker, at) => {
    const other = there[at];
    return other !== 'unreadable' && !liveCart(other, now) && !answers(other, marker);
  });
}

/** As they are now, those that are there. */
async function loadCarts(store: CartStore, records: readonly Cart[]): Promise<Cart[]> {
  if (records.length === 0) return [];
  const found = await loadReadable(store, idsOf(records));
  return found.filter((cart) => cart !== undefined && cart !== 'unreadable');
}

function idsOf(records: readonly Cart[]): CartId[] {
  return records.map(({ id }) => id);
}
