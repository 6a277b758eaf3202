/**
 * The words of this room: what a change needs, what it asks for, what comes of it, and the states that it goes through.
 * The other files import their types from here.
 */
import type { CartProblem } from '../cart/cart-error.ts';
import type { Cart, Timestamp } from '../cart/cart.ts';
import type { Change } from '../cart/change-log.ts';
import type { CartId } from '../cart/ids.ts';
import type { Viewer } from '../cart/viewer.ts';
import type { CartStore, UncertainCommit, VersionConflict } from '../stores/cart-store.ts';
import type { Span } from '../tracing/tracer.ts';
import type { Signal } from '../waiting/abortable.ts';
import type { CartQueue } from './cart-queue.ts';

/** What a change needs from the process. Clock, ids and jitter are parameters, so that histories replay exactly. */
export interface ChangeDependencies {
  readonly carts: CartStore;
  readonly queue: CartQueue<PendingChange>;
  readonly clock: () => Timestamp;
  /** 16 random bytes. */
  readonly newChangeId: () => Uint8Array;
  /** A number from 0 to 1. */
  readonly jitter: () => number;
  /** Milliseconds from a cart's last change to its expiry. */
  readonly ttl: number;
  /** Absent where nothing is measured. */
  readonly meter?: ChangeMeter | undefined;
}

/** What is told of changes as numbers. */
export interface ChangeMeter {
  /** For {@link PendingChange.since}. */
  now(): number;
  /** A group of changes begins an attempt. @param tries attempts before this one */
  attempted(changes: readonly PendingChange[], tries: number): void;
  /** A commit did not land, as far as is known. */
  conflicted(trouble: VersionConflict | UncertainCommit): void;
  answered(operation: string, outcome: ChangeOutcome): void;
  failed(operation: string, reason: unknown): void;
}

/** A cart to change. */
export interface Target {
  readonly id: CartId;
  /** Where the id stands in the operation's input. */
  readonly field: string;
  readonly expectedVersion?: number | undefined;
  /** Where the expected version stands in the operation's input. */
  readonly versionField?: string;
  /** The cart to begin with when there is none yet. */
  readonly create?: Cart;
  /** Of the service's own: who asks needs no right to see it, and it has no life of a cart. No answer shows it. */
  readonly internal?: true;
}

export interface ChangeRequest {
  readonly operation: string;
  /** The operation's arguments without expected versions and key, always with the same keys in the same order. */
  readonly args: unknown;
  readonly idempotencyKey?: string | undefined;
  readonly viewer: Viewer;
  readonly signal: Signal;
  /** The first one remembers the change. */
  readonly targets: readonly [Target, ...Target[]];
  /** The rule: the carts in the targets' order, changed. May ask the catalogue; may run more than once. */
  readonly apply: (carts: readonly Cart[]) => readonly Cart[] | Promise<readonly Cart[]>;
}

export interface ChangeOutcome {
  /** The carts as they now stand, in the targets' order; undefined where the viewer sees none. */
  readonly carts: readonly (Cart | undefined)[];
  /** Empty when the change was made, now or by an earlier request with the same key. */
  readonly problems: readonly CartProblem[];
  /** The change had been made before. */
  readonly replayed: boolean;
}

/**
 * Where a change stands on its way. change-together.ts takes it from one state to the next:
 *
 * - `waiting`: in the queue of its carts, or for the next attempt after a conflict. Next: loaded; answered, if the carts cannot be,
 *   or uncertain after a conflict, which may have been with the change itself.
 * - `loaded`: its turn has come to be decided on, by the carts as they were loaded. Next: decided, or answered where the
 *   answer rests on nothing but those: a refusal, a replay, a commit of an earlier attempt that has landed.
 * - `decided`: there is an answer, which waits for a commit: its own, or that of a change before it in the group. Next: committing.
 * - `committing`: the group's commit was given to the store. Next: answered; waiting, after a conflict; uncertain, when nobody
 *   knows what became of the commit; and when the store fails, answered, or uncertain if an earlier commit still is.
 * - `uncertain`: a commit with this change in it may have landed, or do so yet. Next: loaded, since only the cart can tell; still
 *   uncertain, if it cannot be.
 * - `answered`: with an outcome or an error. From every other state when the request's time is over.
 */
export type ChangeState = 'waiting' | 'loaded' | 'decided' | 'committing' | 'uncertain' | 'answered';

/** A request that waits for its answer. */
export interface PendingChange {
  readonly request: ChangeRequest;
  readonly change: Change;
  /** Only the first call of `answer` or `fail` counts. */
  readonly answer: (outcome: ChangeOutcome) => void;
  readonly fail: (reason: unknown) => void;
  state: ChangeState;
  /** Its wait for its turn, where the request is recorded. */
  waiting?: Span | undefined;
  /** When it was asked for, by the meter's clock. */
  readonly since?: number | undefined;
  /** The commits with this change in them that have not landed as far as is known; in every later attempt the cart is asked first. */
  uncertain?: UncertainAttempt | undefined;
  /** A commit with it was refused by a conflict, of which its own success can have been the reason: what fails since is not its end. */
  conflicted?: boolean;
}

/** A commit that may have landed, or may do so yet. */
export interface UncertainAttempt {
  /** The version it was conditional on, 0 for a new cart: it can land only as long as the cart is at that version. */
  readonly base: number;
  /** The version that the change would have made; the lowest, if it was sent at several places of a group. */
  readonly version: number;
  /**
   * Every attempt was answered, by a conflict. Then only a middleman that delivered one twice can have made it land, at once:
   * worth a look, and no uncertainty once the cart has forgotten its changes of that time or is what it was.
   */
  readonly refused: boolean;
}

/** The carts of a group as the store has them, in the targets' order; undefined where there is none. */
export type LoadedCarts = readonly (Cart | undefined)[];

export interface Decision {
  /** What to answer, once the carts that were decided on are known to be, or to have been, the real ones. */
  readonly outcome: ChangeOutcome;
  /** The carts as the change leaves them, to be committed; absent when it is refused or was made before. */
  readonly after?: readonly Cart[];
}
