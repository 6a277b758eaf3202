/** What DynamoDB's errors mean for a commit: a cart is no longer what it was, nobody knows, or nothing has happened. */
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { UncertainCommit, VersionConflict } from '../cart-store.ts';
import { wasUnanswered } from './unanswered.ts';

/**
 * The error of a commit as the contract has it.
 *
 * The SDK repeats a request whose answer was lost. If the first attempt landed, the second meets the version that the first
 * has made, and is refused by its own success. So a refusal answers the commit only when every attempt was answered; what is
 * no conflict is then a plain failure. A transaction that landed needs less care: the SDK repeats it with the same token, and
 * DynamoDB answers such a repetition with success for ten minutes. Each commit has a token of its own, so that never stands
 * for another commit.
 */
export function asCommitFailure(error: unknown): unknown {
  const open = wasUnanswered(error);
  if (isConflict(error)) return new VersionConflict(open ? 'unknown' : 'refused', { cause: error });
  return open ? new UncertainCommit(error) : error;
}

type Conflict = ConditionalCheckFailedException | TransactionConflictException | TransactionCanceledException;

/** Whether a commit met a cart, or a product, that is not as its condition has it, or another commit of it. */
export function isConflict(error: unknown): error is Conflict {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some(
      ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
    );
  }
  return error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
}
