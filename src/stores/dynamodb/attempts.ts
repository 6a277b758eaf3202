/** Each attempt at a call that fails, as the SDK's calls and the lean ones go through it. */
import {
  TransactionCanceledException,
  type DynamoDBClient,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import { noteFailedAttempt, noteFailedRequest } from './unanswered.ts';

/** @param context what all attempts at the call have in common */
export type AttemptFailed = (context: object, input: object, error: unknown) => void;

/**
 * The SDK repeats a throttled request, but not a transaction cancelled because one of its writes was throttled. Marked as
 * throttled it is repeated like any other, with the same token, inside the same number of attempts. And what was not answered
 * is remembered until the last attempt.
 * @param note is told of every failure
 */
export function createAttemptFailed(note: (input: object, error: unknown) => void): AttemptFailed {
  return (context, input, error) => {
    if (error instanceof TransactionCanceledException && isThrottled(error)) {
      Object.assign(error, { $retryable: { throttling: true } });
    }
    noteFailedAttempt(context, error);
    note(input, error);
  };
}

/** Sees the attempts at the SDK's calls, and what comes of all of them. */
export function watchAttempts({ middlewareStack }: DynamoDBClient, failed: AttemptFailed): void {
  middlewareStack.add(watch(failed), { name: 'watchAttempts', step: 'finalizeRequest' });
  middlewareStack.addRelativeTo(
    watch((context, _, error) => {
      noteFailedRequest(context, error);
    }),
    { name: 'watchRequests', relation: 'before', toMiddleware: 'retryMiddleware' },
  );
}

function watch(failed: AttemptFailed): FinalizeRequestMiddleware<ServiceInputTypes, ServiceOutputTypes> {
  return (next, context) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      failed(context, args.input, error);
      throw error;
    }
  };
}

/** Whether throttling is the only reason. */
function isThrottled({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  const codes = CancellationReasons.flatMap(({ Code }) => (Code && Code !== 'None' ? [Code] : []));
  const throttled = ['ThrottlingError', 'ProvisionedThroughputExceeded'];
  return codes.length > 0 && codes.every((code) => throttled.includes(code));
}
