/**
 * Consistency as a client sees it: a read right after a write, how often it does not show the write, and how long
 * until it does.
 */
import { randomInt } from 'node:crypto';
import type { CartApi } from '../client/cart-api.ts';
import { percentileOf } from '../statistics.ts';

const PATIENCE_MS = 5000;

function createTally() {
  const delays: number[] = [];
  /** Reads that were answered; those after which one failed count as failed instead. */
  let reads = 0;
  /** Reads that ended with an error: they say nothing. */
  let failed = 0;
  /** Writes that no read showed within the patience. */
  let never = 0;
  return {
    /** Reads until `visible`; call it as soon as the write is answered. Never rejects. */
    async observe(visible: () => Promise<boolean>): Promise<void> {
      const written = performance.now();
      const late = () => performance.now() - written;
      try {
        if (!(await visible())) {
          let seen = false;
          while (!seen && late() < PATIENCE_MS) {
            await new Promise((resolve) => setTimeout(resolve, 1));
            seen = await visible();
          }
          if (seen) delays.push(late());
          else never += 1;
        }
        reads += 1;
      } catch {
        failed += 1;
      }
    },
    result() {
      /** Reads that did not show the write before them. */
      const stale = delays.length + never;
      if (delays.length === 0) return { reads, failed, stale, never };
      const at = (percent: number) => percentileOf(delays, percent);
      /** Milliseconds from the answer to the write until a read showed it, over the stale ones. */
      const delay = { p50: at(50), p95: at(95), max: at(100) };
      return { reads, failed, stale, never, delay };
    },
  };
}
export type StaleReads = ReturnType<ReturnType<typeof createTally>['result']>;

/** What a write answered, or undefined where it answered with an error. */
const attempt = <T>(write: Promise<T>): Promise<T | undefined> => write.catch(() => undefined);

const CLIENTS = 8;

async function measureRapidUpdates(api: CartApi, productId: string, rounds: number) {
  const each = Math.max(2, Math.floor(rounds / CLIENTS));
  const { id } = await api.createCart({});
  const tally = createTally();
  let [accepted, refused] = [0, 0];
  const client = async () => {
    for (let i = 0; i < each; i += 1) {
      // Only the update decides whether it was refused: a read that fails afterwards does not undo it.
      const cart = await attempt(api.addItems(id, [{ productId, quantity: 1 }]));
      if (cart === undefined) refused += 1;
      else {
        accepted += 1;
        await tally.observe(async () => ((await api.findCart(id))?.version ?? 0) >= cart.version);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  // The last answer comes from a change: it is committed against the current version only, so it rests on no old state.
  const { items } = await api.addItems(id, [{ productId, quantity: 1 }]);
  const quantity = (items.find((item) => item.productId === productId)?.quantity ?? 0) - 1;
  return {
    clients: CLIENTS,
    updates: CLIENTS * each,
    /** Updates answered with an error. */
    refused,
    /** Accepted updates that the final cart does not contain: must be 0. */
    lost: Math.max(0, accepted - quantity),
    /**
     * Updates that had an effect twice: must be 0. A refused update may have had its one effect: only what exceeds all that were
     * sent is a doubled one.
     */
    doubled: Math.max(0, quantity - accepted - refused),
    /** By a client, right after its own update. */
    reads: tally.result(),
  };
}

/**
 * A write or a read that fails is counted and the next one is tried; only what the patterns start from must not fail.
 * @param rounds how often each pattern is tried
 * @param signal its reason is thrown when it is aborted
 */
export async function measureConsistency(api: CartApi, rounds: number, signal?: AbortSignal) {
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
    if (added) await add.observe(async () => ((await api.findCart(cart.id))?.version ?? 0) >= added.version);
    const later = await written(api.createCart({ customerId }));
    if (later)
      await history.observe(async () =>
        (await api.customerCarts(customerId)).some(({ id }) => id === later.id),
      );
  }
  return {
    readAfterCreate: create.result(),
    readAfterAdd: add.result(),
    historyAfterCreate: history.result(),
    rapidUpdates: await measureRapidUpdates(api, productId, rounds),
    /** Writes of the first three patterns that were answered with an error; no read follows them. */
    failedWrites,
  };
}
export type ConsistencyFigures = Awaited<ReturnType<typeof measureConsistency>>;

/** The reads of all patterns. */
export const readsOf = ({ rapidUpdates, ...figures }: ConsistencyFigures): StaleReads[] => [
  ...[figures.readAfterCreate, figures.readAfterAdd, figures.historyAfterCreate, rapidUpdates.reads],
];
