/**
 * Changes that are made together: one load, each change applied to the carts as the one before it left them, one commit
 * for all. On a conflict again with what is there then. Each takes effect at most once and gets an answer of its own, as
 * if it had come alone, and no answer rests on carts that never became real.
 */
import { pause, untilAllAborted, type Signal } from '../waiting/abortable.ts';
import type { ChangeDependencies, ChangeOutcome, ChangeRequest } from './change-carts.ts';
import { VersionConflict } from '../stores/cart-store.ts';
import type { Change } from '../cart/change-log.ts';
import { decideChange, visibleTo, type Decision } from './decide-change.ts';
import { commitCarts, loadCarts, type Standing } from './loaded-carts.ts';
import { hasLanded, moreDoubtful, UnknownOutcome, type Doubt } from './unknown-outcome.ts';

/** A request that waits for its answer. Only the first call of `answer` or `fail` counts. */
export interface PendingChange {
  readonly request: ChangeRequest;
  readonly change: Change;
  readonly answer: (outcome: ChangeOutcome) => void;
  readonly fail: (reason: unknown) => void;
  /** Commits with this change in them that were sent, and may have landed unheard. */
  doubt?: Doubt | undefined;
}

/** Decided, and not yet answered: that waits for the commit. */
interface Held {
  readonly pending: PendingChange;
  readonly decision: Decision;
}

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 100;

/**
 * Never rejects. Every change has got its answer at the end.
 * @param changes in order of arrival; all of the same carts
 */
export async function changeTogether(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
): Promise<void> {
  try {
    await attempt(deps, changes);
  } catch (error) {
    for (const { fail } of changes) fail(error);
  }
}

async function attempt(deps: ChangeDependencies, changes: readonly PendingChange[]): Promise<void> {
  let left = changes;
  for (let tries = 0; ; tries += 1) {
    left = await attemptOnce(deps, left.filter(isWaiting), tries);
    if (left.length === 0) return;
    const length = Math.min(LONGEST_PAUSE, 2 ** tries) * deps.jitter();
    await forAll(left, (signal) => pause(length, signal));
  }
}

/** @returns those that have to be tried again */
async function attemptOnce(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
  tries: number,
): Promise<readonly PendingChange[]> {
  const [first] = changes;
  if (!first) return [];
  let unanswered = changes;
  try {
    const standing = await forAll(changes, (signal) => loadCarts(deps, first.request, tries, signal));
    const held = await decideAll(deps, changes, standing);
    unanswered = held.map(({ pending }) => pending);
    return (await makeReal(deps, standing, held)) ? [] : unanswered;
  } catch (error) {
    // Says that nothing came of this attempt, and nothing about an earlier one that may have landed: that is found out yet.
    for (const pending of unanswered) if (!isOpen(pending)) pending.fail(error);
    return unanswered.filter(isOpen);
  }
}

/** Commits what was decided, if anything is left to commit, and answers; false if that is not known to have landed. */
async function makeReal(
  deps: ChangeDependencies,
  standing: Standing,
  held: readonly Held[],
): Promise<boolean> {
  const changed = held.findLast(({ decision }) => decision.after)?.decision.after;
  if (!changed) return true;
  const waiting = held.map(({ pending }) => pending);
  const trouble = await forAll(waiting, (signal) => commitCarts(deps, standing, changed, signal));
  if (!trouble) {
    for (const { pending, decision } of held) pending.answer(decision.outcome);
    return true;
  }
  noteDoubt(standing, held, trouble instanceof VersionConflict && trouble.outcome === 'refused');
  return false;
}

/** Whoever's time is over leaves alone: what is under way for several goes on while one of them has time left. */
function forAll<Result>(
  changes: readonly PendingChange[],
  work: (signal: Signal) => Promise<Result>,
): Promise<Result> {
  return untilAllAborted(changes.map(({ request }) => request.signal) as [Signal, ...Signal[]], work);
}

/** Whether a commit with this change in it may have landed or do so yet: only the cart can answer it. */
export function isOpen({ doubt }: PendingChange): boolean {
  return doubt !== undefined && !doubt.refused;
}

/** One who has left is told so, should it have been without an event: nothing more is done for that change. */
function isWaiting({ request: { signal }, fail }: PendingChange): boolean {
  if (signal.aborted) fail(signal.reason);
  return !signal.aborted;
}

/**
 * Decides on each change at its turn. What depends on nothing but the carts to begin with is answered at once; the rest is
 * held until the commit makes real what was only planned, so the first that is held has something to commit.
 * @param standing the carts to begin with
 */
async function decideAll(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
  standing: Standing,
): Promise<Held[]> {
  const held: Held[] = [];
  let carts = standing;
  for (const pending of changes.filter((one) => !answerIfLanded(deps, one, standing))) {
    try {
      const decision = await decideChange(deps, pending.request, pending.change, carts);
      if (!isWaiting(pending)) continue;
      const certain = carts === standing && !decision.after;
      // A lost commit that may still land would belie the answer: it was planned behind somebody who has left since.
      if (certain && isOpen(pending)) throw new UnknownOutcome();
      if (certain) pending.answer(decision.outcome);
      else held.push({ pending, decision });
      carts = decision.after ?? carts;
    } catch (error) {
      // A fault says nothing about the carts, such as a catalogue that does not answer: the others can do without.
      pending.fail(isOpen(pending) && !(error instanceof UnknownOutcome) ? new UnknownOutcome(error) : error);
    }
  }
  return held;
}

/** Answers a change that is in doubt if the carts show that it was made, or that nobody can tell. */
function answerIfLanded({ clock }: ChangeDependencies, pending: PendingChange, standing: Standing): boolean {
  if (!pending.doubt) return false;
  try {
    const landed = hasLanded(standing[0], pending.change, pending.doubt);
    if (landed === false) pending.doubt = undefined;
    if (!landed) return false;
    const carts = visibleTo(pending.request.viewer, standing, clock());
    pending.answer({ carts, problems: [], replayed: false });
  } catch (error) {
    pending.fail(error);
  }
  return true;
}

/**
 * After any conflict a change is looked for before it is made again. With a key that happens at its turn anyhow, where another
 * request that has used the key meanwhile is told from this one.
 * @param refused the database has answered the commit, and refused it
 */
function noteDoubt([before]: Standing, held: readonly Held[], refused: boolean): void {
  for (const { pending, decision } of held) {
    const version = decision.after?.[0]?.version;
    if (version === undefined || (refused && !pending.doubt && pending.request.idempotencyKey !== undefined))
      continue;
    pending.doubt = moreDoubtful(pending.doubt, { base: before?.version ?? 0, version, refused });
  }
}
