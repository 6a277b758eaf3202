/**
 * Changes that are made together, as a group: one load, each change applied to the carts as the one before it left them, one
 * commit for all. On a conflict again with what is there then. Each takes effect at most once and gets an answer of its own, as
 * if it had come alone, and no answer rests on carts that never became real. {@link ChangeState} names the stops on the way.
 */
import { VersionConflict } from '../stores/cart-store.ts';
import { errorName, type Span } from '../tracing/tracer.ts';
import { pause, untilAllAborted, withSpan, type Signal } from '../waiting/abortable.ts';
import { beginAttempt } from './attempt-span.ts';
import { outcomeOf } from './change-meter.ts';
import type { ChangeDependencies, Decision, LoadedCarts, PendingChange } from './change.ts';
import { decideChange, visibleTo } from './decide-change.ts';
import { commitCarts, loadCarts } from './load-and-commit.ts';
import { hasLanded, mayHaveLanded, withEarlier } from './uncertain-attempt.ts';
import { UnknownOutcome } from './unknown-outcome.ts';

/** A change whose answer waits for the commit. */
interface DecidedChange {
  readonly pending: PendingChange;
  readonly decision: Decision;
}

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 100;

/**
 * Never rejects. Every change is answered at the end.
 * @param changes in order of arrival; all of the same carts
 */
export async function changeTogether(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
): Promise<void> {
  try {
    await attemptUntilAnswered(deps, changes);
  } catch (error) {
    for (const { fail } of changes) fail(error);
  }
}

async function attemptUntilAnswered(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
): Promise<void> {
  let left = changes;
  for (let tries = 0; ; tries += 1) {
    left = await attemptOnce(deps, left.filter(isAwaited), tries);
    if (left.length === 0) return;
    const length = Math.min(LONGEST_PAUSE, 2 ** tries) * deps.jitter();
    await whileAnyIsAwaited(left, (signal) => pause(length, signal));
  }
}

/** @returns those that have to be tried again: waiting or uncertain */
async function attemptOnce(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
  tries: number,
): Promise<readonly PendingChange[]> {
  const [first] = changes;
  if (!first) return [];
  deps.meter?.attempted(changes, tries);
  const span = beginAttempt(changes, tries);
  let unanswered = changes;
  try {
    const load = (signal: Signal) => loadCarts(deps, first.request, tries, signal);
    const loaded = await whileAnyIsAwaited(changes, load, span);
    for (const pending of changes) enter(pending, 'loaded');
    const decided = await decideGroup(deps, changes, loaded);
    unanswered = decided.map(({ pending }) => pending);
    return (await commitGroup(deps, loaded, decided, span)) ? [] : unanswered;
  } catch (error) {
    // Says that nothing came of this attempt, and nothing about an earlier one that may have landed: that is found out yet.
    for (const pending of unanswered) {
      if (isOpen(pending)) enter(pending, 'uncertain');
      else pending.fail(error);
    }
    span?.fail(errorName(error));
    return unanswered.filter(isOpen);
  } finally {
    span?.end();
  }
}

/**
 * Decides on each change at its turn. What depends on nothing but the loaded carts is answered at once; the rest is decided, and
 * not answered before the commit makes real what was only planned, so the first of the rest has something to commit.
 */
async function decideGroup(
  deps: ChangeDependencies,
  changes: readonly PendingChange[],
  loaded: LoadedCarts,
): Promise<DecidedChange[]> {
  const decided: DecidedChange[] = [];
  let carts = loaded;
  for (const pending of changes.filter((one) => !answerIfLanded(deps, one, loaded))) {
    try {
      const decision = await decideChange(deps, pending.request, pending.change, carts);
      if (!isAwaited(pending)) continue;
      const certain = carts === loaded && !decision.after;
      // A lost commit that may still land would belie the answer: it was planned behind somebody who has left since.
      if (certain && mayHaveLanded(pending)) throw new UnknownOutcome();
      if (certain) pending.answer(decision.outcome);
      else {
        enter(pending, 'decided');
        decided.push({ pending, decision });
      }
      carts = decision.after ?? carts;
    } catch (error) {
      // A fault says nothing about the carts, such as a catalogue that does not answer: the others can do without.
      const untold = mayHaveLanded(pending) && !(error instanceof UnknownOutcome);
      pending.fail(untold ? new UnknownOutcome(error) : error);
    }
  }
  return decided;
}

/** Answers a change with an uncertain attempt if the loaded carts show that it was made, or that nobody can tell. */
function answerIfLanded({ clock }: ChangeDependencies, pending: PendingChange, loaded: LoadedCarts): boolean {
  if (!pending.uncertain) return false;
  const { refused: wasRefused } = pending.uncertain;
  try {
    const landed = hasLanded(loaded[0], pending.change, pending.uncertain);
    if (landed === false) pending.uncertain = undefined;
    if (!landed) return false;
    const carts = visibleTo(pending.request.viewer, loaded, clock());
    // Who has made it, if the attempt was refused: a request with the same key, or its own second delivery?
    const replayed = wasRefused && pending.request.idempotencyKey !== undefined;
    pending.answer({ carts, problems: [], replayed });
  } catch (error) {
    pending.fail(error);
  }
  return true;
}

/** Commits what was decided, if anything is left to commit, and answers; false if that is not known to have landed. */
async function commitGroup(
  deps: ChangeDependencies,
  loaded: LoadedCarts,
  decided: readonly DecidedChange[],
  span: Span | undefined,
): Promise<boolean> {
  const changed = decided.findLast(({ decision }) => decision.after)?.decision.after;
  if (!changed) return true;
  const waiting = decided.map(({ pending }) => enter(pending, 'committing'));
  const commit = (signal: Signal) => commitCarts(deps, loaded, changed, signal);
  const trouble = await whileAnyIsAwaited(waiting, commit, span);
  if (!trouble) {
    for (const { pending, decision } of decided) pending.answer(decision.outcome);
    return true;
  }
  deps.meter?.conflicted(trouble);
  span?.set({ 'cartwright.conflict': outcomeOf(trouble) });
  noteUncertain(loaded, decided, trouble instanceof VersionConflict && trouble.outcome === 'refused');
  for (const pending of waiting) enter(pending, mayHaveLanded(pending) ? 'uncertain' : 'waiting');
  return false;
}

/**
 * After any conflict a change is looked for before it is made again, with a key too: at its turn it would not be found in a cart that
 * was deleted, or claimed, since it was made.
 * @param refused the database has answered the commit, and refused it
 */
function noteUncertain([before]: LoadedCarts, decided: readonly DecidedChange[], refused: boolean): void {
  for (const { pending, decision } of decided) {
    pending.conflicted = true;
    const version = decision.after?.[0]?.version;
    if (version === undefined) continue;
    pending.uncertain = withEarlier(pending.uncertain, { base: before?.version ?? 0, version, refused });
  }
}

/** Not to be failed for what went wrong since: also a refusal can be that of a commit which was delivered twice, and has landed. */
function isOpen(pending: PendingChange): boolean {
  return mayHaveLanded(pending) || pending.conflicted === true;
}

/** An answer is final, also where the request's time was over while the group went on. */
function enter(pending: PendingChange, state: Exclude<PendingChange['state'], 'answered'>): PendingChange {
  if (pending.state !== 'answered') pending.state = state;
  return pending;
}

/** One who has left is told so, should it have been without an event: nothing more is done for that change. */
function isAwaited({ request: { signal }, fail }: PendingChange): boolean {
  if (signal.aborted) fail(signal.reason);
  return !signal.aborted;
}

/**
 * Whoever's time is over leaves alone, at the door: what is under way for several goes on while one of them has time left. So this
 * waits for nothing itself; it gives the store the signal of the group, and a group whose members have all left makes room for
 * the next.
 */
function whileAnyIsAwaited<Result>(
  changes: readonly PendingChange[],
  work: (signal: Signal) => Promise<Result>,
  span?: Span,
): Promise<Result> {
  const signals = changes.map(({ request }) => request.signal) as [Signal, ...Signal[]];
  return untilAllAborted(signals, span ? (signal) => work(withSpan(signal, span)) : work);
}
