/**
 * Consistency as a client sees it: a read right after a write, how often it does not show the write, and how long
 * until it does.
 */
import { randomInt } from 'node:crypto';
import type { CartApi } from '../client/cart-api.ts';
import { percentileOfSorted, sortAscending } from '../statistics/statistics.ts';

export interface StaleReads {
  /** Reads that were answered; those after which one failed count as failed instead. */
  readonly reads: number;
  /** Reads that ended with an error: they say nothing. */
  readonly failed: number;
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
  /** Writes of the first three patterns that were answered with an error; no read follows them. */
  readonly failedWrites: number;
}

const PATIENCE_MS = 5000;

function createTally() {
  const delays: number[] = [];
  let [reads, failed, never] = [0, 0, 0];
  async function observeFrom(written: number, visible: () => Promise<boolean>): Promise<void> {
    if (await visible()) return;
    while (performance.now() - written < PATIENCE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (await visible()) {
        delays.push(performance.now() - written);
        return;
      }
    }
    never += 1;
  }
  return {
    /** Reads until `visible`; call it as soon as the write is answered. Never rejects. */
    async observe(visible: () => Promise<boolean>): Promise<void> {
      try {
        await observeFrom(performance.now(), visible);
        reads += 1;
      } catch {
        failed += 1;
      }
    },
    result(): StaleReads {
      const sorted = sortAscending(delays);
      const stale = delays.length + never;
      if (sorted.length === 0) return { reads, failed, stale, never };
      const at = (percent: number) => percentileOfSorted(sorted, percent);
      return { reads, failed, stale, never, delay: { p50: at(50), p95: at(95), max: at(100) } };
    },
  };
}

/** What a write answered, or undefined where it answered with an error. */
const attempt = <T>(write: Promise<T>): Promise<T | undefined> => write.catch(() => undefined);

async function measureRapidUpdates(api: CartApi, productId: string, rounds: number): Promise<RapidUpdates> {
  const clients = 8;
  const each = Math.max(2, Math.floor(rounds / clients));
  const { id } = await api.createCart({});
  const tally = createTally();
  let [accepted, refused] = [0, 0];
  const client = async () => {
    for (let i = 0; i < each; i += 1) {
      // Only the update decides whether it was refused: a read that fails afterwards does not undo it.
      const cart = await attempt(api.addItems(id, [{ productId, quantity: 1 }]));
      if (cart === undefined) {
        refused += 1;
        continue;
      }
      accepted += 1;
      await tally.observe(async () => ((await api.findCart(id))?.version ?? 0) >= cart.version);
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
 * A write or a read that fails is counted and the next one is tried; only what the patterns start from must not fail.
 * @param rounds how often each pattern is tried
 * @param signal its reason is thrown when it is aborted
 */
export async function measureConsistency(
  api: CartApi,
  rounds: number,
  signal?: AbortSignal,
): Promise<ConsistencyFigures> {
  const [productId = '1'] = await api.productIds(1);
  const [create, add, history] = [createTally(), createTally(), createTally()];
  let failedWrites = 0;
  const written = async <T>(write: Promise<T>): Promise<T | undefined> => {
    const answer = await attempt(write);
    if (answer === undefined) failedWrites += 1;
    return answer;
  };
  const firstCustomer = randomInt(1_500_000_000, 2_000_000_000);
  for (let i = 0; i < rounds; i += 1) {
    signal?.throwIfAborted();
    const customerId = String(firstCustomer + i);
    const cart = await written(api.createCart({ customerId }));
    if (cart === undefined) continue;
    await create.observe(async () => (await api.findCart(cart.id)) !== undefined);
    const added = await written(api.addItems(cart.id, [{ productId, quantity: 1 }]));
    if (added !== undefined) {
      await add.observe(async () => ((await api.findCart(cart.id))?.version ?? 0) >= added.version);
    }
    const later = await written(api.createCart({ customerId }));
    if (later !== undefined) {
      await history.observe(async () =>
        (await api.customerCarts(customerId)).some(({ id }) => id === later.id),
      );
    }
  }
  return {
    readAfterCreate: create.result(),
    readAfterAdd: add.result(),
    historyAfterCreate: history.result(),
    rapidUpdates: await measureRapidUpdates(api, productId, rounds),
    failedWrites,
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
