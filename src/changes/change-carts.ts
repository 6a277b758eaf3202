/**
 * The one way to change a cart: load, apply a pure rule, commit on condition that nothing has changed meanwhile; on a
 * conflict again, until the request's time is over. Every change takes effect at most once, whatever gets lost.
 */
import { changeIdFromKey, fingerprintOf, type Change } from '../cart/change-log.ts';
import type { ChangeDependencies, ChangeOutcome, ChangeRequest, PendingChange } from './change.ts';
import { endWaiting } from './attempt-span.ts';
import { changeTogether } from './change-together.ts';
import { mayHaveLanded } from './uncertain-attempt.ts';
import { UnknownOutcome } from './unknown-outcome.ts';

/**
 * Changes of one cart that wait at the same time are made together; a creation and a change of several carts go alone.
 * This is the door at which a request's time ends: whatever the change is waiting for behind it, it is answered then.
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
      pending.fail(mayHaveLanded(pending) ? new UnknownOutcome(signal.reason) : signal.reason);
    };
    const pending: PendingChange = {
      request,
      change,
      state: 'waiting',
      since: deps.meter?.now(),
      waiting: signal.span?.begin('wait for the cart'),
      answer(outcome) {
        if (pending.state !== 'answered') deps.meter?.answered(operation, outcome);
        endOf(pending);
        signal.removeEventListener('abort', giveUp);
        resolve(outcome);
      },
      fail(reason) {
        if (pending.state !== 'answered') deps.meter?.failed(operation, reason);
        endOf(pending);
        signal.removeEventListener('abort', giveUp);
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

function endOf(pending: PendingChange): void {
  pending.state = 'answered';
  endWaiting(pending);
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
