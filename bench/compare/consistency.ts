/**
 * Consistency as a client sees it: a read right after a write, how often it does not show the write, and how long
 * until it does.
 */
import { randomInt } from 'node:crypto';
import type { CartApi } from './cart-api.ts';
import { percentileOfSorted, sortAscending } from '../statistics/percentile.ts';

export interface StaleReads {
  readonly reads: number;
  /** Reads that did not show the write before them. */
  readonly stale: number;
  /** Milliseconds from the answer to the write until a read showed it, over the stale ones. */
  readonly delay?: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Writes that no read showed within the patience. */
  readonly never: number;
}

export interface RapidUpdates {
  readonly clients: number;
  readonly updates: number;
  /** Updates answered with an error. */
  readonly refused: number;
  /** Accepted updates that the final cart does not contain: must be 0. */
  readonly lost: number;
  /** Updates that had an effect twice: must be 0. */
  readonly doubled: number;
  /** Reads by a client, right after its own update, that did not show it. */
  readonly reads: StaleReads;
}

export interface ConsistencyFigures {
  readonly readAfterCreate: StaleReads;
  readonly readAfterAdd: StaleReads;
  readonly historyAfterCreate: StaleReads;
  readonly rapidUpdates: RapidUpdates;
}

const PATIENCE_MS = 5000;

function createTally() {
  const delays: number[] = [];
  let [reads, never] = [0, 0];
  return {
    /** Reads until `visible`; call it as soon as the write is answered. */
    async observe(visible: () => Promise<boolean>): Promise<void> {
      const written = performance.now();
      reads += 1;
      if (await visible()) return;
      while (performance.now() - written < PATIENCE_MS) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (await visible()) {
          delays.push(performance.now() - written);
          return;
        }
      }
      never += 1;
    },
    result(): StaleReads {
      const sorted = sortAscending(delays);
      const stale = delays.length + never;
      if (sorted.length === 0) return { reads, stale, never };
      const at = (percent: number) => percentileOfSorted(sorted, percent);
      return { reads, stale, never, delay: { p50: at(50), p95: at(95), max: at(100) } };
    },
  };
}

async function measureRapidUpdates(api: CartApi, productId: string, rounds: number): Promise<RapidUpdates> {
  const clients = 8;
  const each = Math.max(2, Math.floor(rounds / clients));
  const { id } = await api.createCart({});
  const tally = createTally();
  let [accepted, refused] = [0, 0];
  const client = async () => {
    for (let i = 0; i < each; i += 1) {
      try {
        const { version } = await api.addItems(id, [{ productId, quantity: 1 }]);
        accepted += 1;
        await tally.observe(async () => ((await api.findCart(id))?.version ?? 0) >= version);
      } catch {
        refused += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  // The last answer comes from a change: it is committed against the current version only, so it rests on no old state.
  const { items } = await api.addItems(id, [{ productId, quantity: 1 }]);
  const quantity = (items.find((item) => item.productId === productId)?.quantity ?? 0) - 1;
  return {
    clients,
    updates: clients * each,
    refused,
    lost: Math.max(0, accepted - quantity),
    // A refused update may have had its one effect: only what exceeds all that were sent is a doubled one.
    doubled: Math.max(0, quantity - accepted - refused),
    reads: tally.result(),
  };
}

/**
 * @param rounds how often each pattern is tried
 * @param signal its reason is thrown when it is aborted
 */
export async function measureConsistency(
  api: CartApi,
  rounds: number,
  signal?: AbortSignal,
): Promise<ConsistencyFigures> {
  const [productId = '1'] = await api.productIds(1);
  const create = createTally();
  const add = createTally();
  const history = createTally();
  const firstCustomer = randomInt(1_500_000_000, 2_000_000_000);
  for (let i = 0; i < rounds; i += 1) {
    signal?.throwIfAborted();
    const customerId = String(firstCustomer + i);
    const { id } = await api.createCart({ customerId });
    await create.observe(async () => (await api.findCart(id)) !== undefined);
    const { version } = await api.addItems(id, [{ productId, quantity: 1 }]);
    await add.observe(async () => ((await api.findCart(id))?.version ?? 0) >= version);
    const later = await api.createCart({ customerId });
    await history.observe(async () =>
      (await api.customerCarts(customerId)).some((cart) => cart.id === later.id),
    );
  }
  return {
    readAfterCreate: create.result(),
    readAfterAdd: add.result(),
    historyAfterCreate: history.result(),
    rapidUpdates: await measureRapidUpdates(api, productId, rounds),
  };
}

/** Whether any read was stale. */
export const sawStaleRead = ({
  readAfterCreate,
  readAfterAdd,
  historyAfterCreate,
  rapidUpdates,
}: ConsistencyFigures) =>
  [readAfterCreate, readAfterAdd, historyAfterCreate, rapidUpdates.reads].some(({ stale }) => stale > 0);
