/** What DynamoDB says of an error, without the values of the request. */
import { withoutWords } from '../untold-values.ts';

/** Refusals in whose messages no values are, but names of tables, roles and rights at most. */
const WITHOUT_VALUES = new Set([
  'AccessDeniedException',
  'ConditionalCheckFailedException',
  'ExpiredTokenException',
  'MissingAuthenticationTokenException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'UnrecognizedClientException',
]);

/**
 * Of an error of a call with values. A refusal may quote them (`ValidationException`) or the whole signed request
 * (`InvalidSignatureException`), and what is wrong with the text of an answer may quote that; what the connection or DynamoDB's own
 * trouble says has none.
 */
export function strikeValues(error: unknown): void {
  if (!(error instanceof Error) || WITHOUT_VALUES.has(error.name)) return;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  if (status >= 500 || (status < 400 && !(error instanceof SyntaxError))) return;
  withoutWords(error, `what DynamoDB says of ${error.name} may hold values, and is left out`);
}
