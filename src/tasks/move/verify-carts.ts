/** Carts of both stores compared, page by page, while they are used; what was begun is completed. */
import { isLive, type Cart, type Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { cartOfMarker, liveCart } from '../../cart/moved.ts';
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import { createMover } from '../../stores/moving/mover.ts';
import { answers } from '../../stores/moving/place.ts';
import { compareCart, type CartDifference } from './compare-carts.ts';
import { handOverPage } from './hand-over-page.ts';

/** Looks at a cart that seems to differ: it may have been changed between the readings of the two stores. */
const LOOKS = 4;

export interface FoundDifference extends CartDifference {
  readonly record: Cart;
}

export interface CartChecks {
  /** Compares records that a walk of the source has met. @returns what differs however often it is looked at */
  checkSource(records: readonly Cart[]): Promise<FoundDifference[]>;
  /** Sees to records that a walk of the target has met: carts that are on their way back, and markers without a cart. */
  checkTarget(records: readonly Cart[]): Promise<void>;
  /** Carts that were on their way, either way, and are in the target now; markers without a cart that were ended. */
  readonly completed: { carts: number; fences: number };
}

type Sides = Pick<OpenedMove, 'source' | 'target' | 'mover'>;

const reading = { consistent: true, includeExpired: true };

/** @param unreadable hears of each record that cannot be read */
export function createCartChecks(
  sides: Sides,
  clock: () => Timestamp,
  unreadable: (error: Error) => void,
): CartChecks {
  const { source, target, mover } = sides;
  const completed = { carts: 0, fences: 0 };

  async function complete(records: readonly Cart[]): Promise<void> {
    const { brought, moved } = await handOverPage({ source: source.carts, mover, unreadable }, records);
    completed.carts += brought + moved;
  }

  async function checkSource(records: readonly Cart[], look = 1): Promise<FoundDifference[]> {
    if (records.length === 0) return [];
    const there = await target.carts.load(idsOf(records), reading);
    const now = clock();
    const found = records.flatMap((record, at): FoundDifference[] => {
      const difference = isLive(record, now) ? compareCart(record, there[at], now) : undefined;
      return difference ? [{ record, ...difference }] : [];
    });
    if (look === LOOKS || found.length === 0) return found;
    await complete(found.flatMap(({ record, kind }) => (kind === 'missing' ? [record] : [])));
    const again = await source.carts.load(idsOf(found.map(({ record }) => record)), { consistent: true });
    return checkSource(
      again.filter((record) => record !== undefined),
      look + 1,
    );
  }

  return {
    completed,
    checkSource: (records) => checkSource(records),
    async checkTarget(records) {
      await complete(await bringBack(sides, records, clock));
      completed.fences += await mover.endFences(records);
    },
  };
}

/**
 * Carts of which the target has a marker, and the source nothing newer: they were on their way back when the move was turned round once
 * more. They are brought where they were going: only what is there can be handed over. @returns what is there now
 */
async function bringBack(
  { source, target }: Sides,
  records: readonly Cart[],
  clock: () => Timestamp,
): Promise<Cart[]> {
  const now = clock();
  const markers = records.filter((record) => isLive(record, now) && cartOfMarker(record));
  if (markers.length === 0) return [];
  const there = await source.carts.load(idsOf(markers), reading);
  const onWay = markers.filter((marker, at) => !liveCart(there[at], now) && !answers(there[at], marker));
  if (onWay.length === 0) return [];
  await createMover({ source: target.carts, target: source.carts }, clock).handOver(onWay);
  const arrived = await source.carts.load(idsOf(onWay), reading);
  return arrived.filter((cart) => cart !== undefined);
}

function idsOf(records: readonly Cart[]): CartId[] {
  return records.map(({ id }) => id);
}
