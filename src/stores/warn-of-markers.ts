/**
 * Carts that are marked as moved, in a store that is used alone: somebody forgot the move, ended it too soon, or started the service on
 * the store that was left. To whoever asks for them they are no carts. Said once, before somebody wonders.
 */
import type { Log } from '../process/log.ts';
import type { CartCensus } from './cart-census.ts';

export interface MarkerWarning {
  /** A marker was loaded. */
  met(): void;
  /** Looks at the first records; where that is not allowed, or fails, the first that is loaded tells. */
  look(census: CartCensus): Promise<void>;
}

/** @param store its name, for people */
export function createMarkerWarning(log: Log, store: string): MarkerWarning {
  let isSaid = false;
  const say = (seen: object, what: string) => {
    if (isSaid) return;
    isSaid = true;
    log.warn(
      seen,
      `${what} in ${store} moved to another store, and this service runs on ${store} alone: to it they are no carts. Set CART_STORE_MOVE_TO and ` +
        'CART_STORE_MOVE_PHASE as the move needs them (docs/move.md), or start it on the store to which they went',
    );
  };
  return {
    met() {
      say({}, 'A cart that was asked for');
    },
    async look(census) {
      const sample = await census.sampleMarkers().catch(() => undefined);
      if (sample && sample.markers > 0)
        say(sample, `Carts, at least ${sample.markers} of the first ${sample.records} records,`);
    },
  };
}
