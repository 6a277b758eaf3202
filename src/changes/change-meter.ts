/** Changes as numbers: how they ended, how long they waited for their turn, and how often they were tried. */
import { perValue, SECONDS, type Meter } from '../metrics/meter.ts';
import { VersionConflict, type UncertainCommit } from '../stores/cart-store.ts';
import type { ChangeMeter } from './change.ts';
import { MOST_TOGETHER } from './cart-queue.ts';
import { UnknownOutcome } from './unknown-outcome.ts';

/** Upper ends, up to the most that are made together. */
const SIZES = [1, 2, 4, 8, MOST_TOGETHER];

export function createChangeMeter(meter: Meter): ChangeMeter {
  const made = perValue((operation) =>
    perValue((result) =>
      meter.counter('cartwright_changes_total', 'Changes of carts by how they ended.', { operation, result }),
    ),
  );
  const refusals = perValue((code) =>
    meter.counter('cartwright_user_errors_total', 'Reasons for which changes were refused.', { code }),
  );
  return {
    now: meter.now,
    ...createAttempts(meter),
    answered(operation, { problems, replayed }) {
      made(operation)(replayed ? 'replayed' : problems.length > 0 ? 'refused' : 'made').add();
      for (const { code } of problems) refusals(code).add();
    },
    failed(operation, reason) {
      made(operation)(reason instanceof UnknownOutcome ? 'unknown' : 'failed').add();
    },
  };
}

function createAttempts(meter: Meter): Pick<ChangeMeter, 'attempted' | 'conflicted'> {
  const waited = 'Seconds that a change waited for its turn on its cart.';
  const wait = meter.histogram('cartwright_change_queue_wait_seconds', waited, SECONDS);
  const together = 'Changes of one cart that were made together.';
  const size = meter.histogram('cartwright_change_group_size', together, SIZES);
  const attempts = meter.counter('cartwright_change_attempts_total', 'Attempts at groups of changes.');
  const met = 'Commits that met another one, or whose answer was lost.';
  const conflicts = perValue((outcome) =>
    meter.counter('cartwright_change_conflicts_total', met, { outcome }),
  );
  return {
    attempted(changes, tries) {
      attempts.add();
      if (tries > 0) return;
      size.record(changes.length);
      for (const { since = 0 } of changes) wait.since(since);
    },
    conflicted(trouble) {
      conflicts(outcomeOf(trouble)).add();
    },
  };
}

/** As numbers and spans have it. */
export function outcomeOf(trouble: VersionConflict | UncertainCommit): 'refused' | 'unknown' | 'uncertain' {
  return trouble instanceof VersionConflict ? trouble.outcome : 'uncertain';
}
