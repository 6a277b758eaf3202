/**
 * Changes of different carts at the same moment become one statement, which costs the database and this process little more
 * than one for a single cart. Each still lands or is refused by itself.
 */
import DataLoader from 'dataloader';
import { beginShared, endWith, errorName, spansOf } from '../../tracing/tracer.ts';
import { untilAllAborted, withSpan, type Signal } from '../../waiting/abortable.ts';
import type { Timestamp } from '../../cart/cart.ts';
import { VersionConflict } from '../cart-store.ts';
import { isRefusal } from './driver-errors.ts';
import type { Database } from './database.ts';
import { runCommit } from './statement.ts';
import { updateCarts, type CartUpdate } from './write-carts.ts';

/** Most carts in one statement: it holds the locks of all until it ends, and more than these save hardly anything. */
const MOST = 16;

interface Asked {
  readonly write: CartUpdate;
  readonly signal: Signal | undefined;
}

/** True once it has landed. */
type Outcome = true | Error;

/**
 * @returns a function that rejects as a store's commit does, with what the database says rather than with its meaning.
 *   A write whose signal is aborted before it is sent is not sent
 */
export function updateTogether(
  db: Database,
  clock: () => Timestamp,
): (write: CartUpdate, signal: Signal | undefined) => Promise<true> {
  const loader = new DataLoader<Asked, true>((asked) => updateEach(db, asked, clock), {
    cache: false,
    maxBatchSize: MOST,
    // After all that has arrived by now was read.
    batchScheduleFn: (send) => setImmediate(send),
  });

  return (write, signal) => loader.load({ write, signal });
}

/** Positional. */
async function updateEach(db: Database, asked: readonly Asked[], clock: () => Timestamp): Promise<Outcome[]> {
  const outcomes = new Map<Asked, Outcome>();
  let left = asked.filter((one) => {
    if (one.signal?.aborted) outcomes.set(one, one.signal.reason);
    return !one.signal?.aborted;
  });
  while (left.length > 0) {
    // A statement changes no row twice: the second of two writes of one cart waits for the first.
    const round = [...new Map([...left].reverse().map((one) => [one.write.after.id, one])).values()];
    left = left.filter((one) => !round.includes(one));
    for (const [one, outcome] of await updateRound(db, round, clock())) outcomes.set(one, outcome);
  }
  return asked.map((one) => outcomes.get(one) as Outcome);
}

async function updateRound(
  db: Database,
  round: readonly Asked[],
  now: Timestamp,
): Promise<(readonly [Asked, Outcome])[]> {
  // In one order everywhere, so that two statements seldom wait for each other in a circle.
  const writes = round.map(({ write }) => write).sort((a, b) => (a.after.id < b.after.id ? -1 : 1));
  try {
    const update = (signal: Signal | undefined) => updateCarts(db, writes, now, runCommit, signal);
    const landed = await whileWaitedFor(round, update);
    return round.map((one) => [one, landed.has(one.write.after.id) || new VersionConflict('refused')]);
  } catch (error) {
    // A refusal means that nothing was written. One cart's lock or fault shall not be the others'.
    if (round.length === 1 || !isRefusal(error)) return round.map((one) => [one, error as Error]);
    const each = await Promise.all(round.map((one) => updateRound(db, [one], now)));
    return each.flat();
  }
}

type Work<Result> = (signal: Signal | undefined) => Promise<Result>;

/** A statement that waits for a connection until everybody who asked for it has left is not sent. */
function whileWaitedFor<Result>(round: readonly Asked[], work: Work<Result>): Promise<Result> {
  const signals = round.flatMap(({ signal }) => signal ?? []);
  const [first, ...others] = signals;
  const waitedFor = (work: Work<Result>) =>
    first && signals.length === round.length ? untilAllAborted([first, ...others], work) : work(undefined);
  const spans = others.length > 0 ? spansOf(signals) : undefined;
  const shared = spans && beginShared(spans, 'commit together', { 'cartwright.carts': round.length });
  if (!shared) return waitedFor(work);
  return endWith(
    shared,
    waitedFor((signal) => work(withSpan(signal, shared))),
    errorName,
  );
}
