/**
 * The one way to change a cart: load, apply a pure rule, commit on condition that nothing has changed meanwhile; on a
 * conflict again, until the request's time is over. Every change takes effect at most once, whatever gets lost.
 */
import type { Signal } from '../waiting/abortable.ts';
import type { CartProblem } from '../cart/cart-error.ts';
import type { Cart, Timestamp } from '../cart/cart.ts';
import type { CartQueue } from './cart-queue.ts';
import type { CartStore } from '../stores/cart-store.ts';
import { changeIdFromKey, fingerprintOf, type Change } from '../cart/change-log.ts';
import { changeTogether, isOpen, type PendingChange } from './change-together.ts';
import type { CartId } from '../cart/ids.ts';
import { UnknownOutcome } from './unknown-outcome.ts';
import type { Viewer } from '../cart/viewer.ts';

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
 * Changes of one cart that wait at the same time are made together; a creation and a change of several carts go alone.
 * @throws UnknownOutcome when it cannot be known whether the change was made
 * @throws the signal's reason when the request's time is over; the change may be made all the same
 * @throws whatever a store or the catalogue throws, only when the change was not made and will not be
 */
export function changeCarts(deps: ChangeDependencies, request: ChangeRequest): Promise<ChangeOutcome> {
  const { operation, args, idempotencyKey, signal } = request;
  const change: Change = {
    id: idempotencyKey === undefined ? deps.newChangeId() : changeIdFromKey(idempotencyKey),
    fingerprint: fingerprintOf(operation, args),
  };
  return new Promise<ChangeOutcome>((resolve, reject: (reason: Error) => void) => {
    const giveUp = () => {
      reject(isOpen(pending) ? new UnknownOutcome(signal.reason) : signal.reason);
    };
    const stopListening = () => {
      signal.removeEventListener('abort', giveUp);
    };
    const pending: PendingChange = {
      request,
      change,
      answer(outcome) {
        stopListening();
        resolve(outcome);
      },
      fail(reason) {
        stopListening();
        reject(reason as Error);
      },
    };
    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp, once);
    enqueue(deps, pending);
  });
}

const once = { once: true };

function enqueue(deps: ChangeDependencies, pending: PendingChange): void {
  const { targets, signal } = pending.request;
  const [{ id, create }] = targets;
  if (targets.length === 1 && !create) {
    deps.queue.join(id, pending, (changes) => changeTogether(deps, changes));
    return;
  }
  const ids = targets.map((target) => target.id);
  deps.queue.run(ids, signal, () => changeTogether(deps, [pending])).catch(pending.fail);
}
