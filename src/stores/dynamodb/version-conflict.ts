/** Which of DynamoDB's errors mean that a cart is no longer what it was, and what is then known about the commit. */
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { VersionConflict } from '../../cart/cart-store.ts';

/**
 * The error as a {@link VersionConflict} where it is one, else as it is.
 *
 * The SDK repeats a request whose answer was lost. If the first attempt landed, the second meets the version that the first
 * has made, and is refused by its own success. So a refusal is certain only when there was one attempt, and everything
 * else is of unknown outcome, also when it is not known how many there were. A transaction that landed needs less care:
 * the SDK repeats it with the same token, and DynamoDB answers such a repetition with success for ten minutes. Each
 * commit has a token of its own, so that never stands for another commit.
 */
export function asVersionConflict(error: unknown): unknown {
  if (!isConflict(error)) return error;
  const outcome = error.$metadata.attempts === 1 ? 'refused' : 'unknown';
  return new VersionConflict(outcome, { cause: error });
}

type Conflict = ConditionalCheckFailedException | TransactionConflictException | TransactionCanceledException;

function isConflict(error: unknown): error is Conflict {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
    );
  }
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}
