/** Which errors a client sees as they are, and what becomes of all others. */
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DeadlineExceeded } from '../cart/abortable.ts';
import { UnknownOutcome } from '../cart/unknown-outcome.ts';
import { InputError } from '../cart/input-error.ts';
import { PermissionError } from '../cart/viewer.ts';

/** A few carts can hold more than any estimate: the answer has grown too large to be made. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';

  constructor() {
    super('The answer would hold too many items of carts; ask for fewer carts at once.');
  }
}

const FAULT = 'INTERNAL_SERVER_ERROR';
const MASKED = 'Internal server error';

/** Codes of requests that are well-formed HTTP and no valid GraphQL. */
const INVALID = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** No operation, or more than one, has the name that was asked for. */
const UNRESOLVED = 'OPERATION_RESOLUTION_FAILURE';

/** The code of an error that is meant for clients; undefined for a fault of the service. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof InputError) return 'BAD_USER_INPUT';
  if (error instanceof PermissionError) return 'FORBIDDEN';
  if (error instanceof DeadlineExceeded) return 'DEADLINE_EXCEEDED';
  if (error instanceof UnknownOutcome) return 'OUTCOME_UNKNOWN';
  if (error instanceof ResponseTooLarge) return 'RESPONSE_TOO_LARGE';
  if (!(error instanceof GraphQLError)) return undefined;
  if (isExceededLimit(error)) return 'OPERATION_LIMIT_EXCEEDED';
  const { code } = error.extensions;
  if (typeof code === 'string') return code === FAULT ? undefined : code;
  // graphql's own refusal of an argument while it runs: a variable that is null where the argument must not be.
  return error.message.startsWith('Argument "') ? 'BAD_USER_INPUT' : undefined;
}

/** Apollo gives errors of parsing and validation its own code, whatever theirs was. */
function isExceededLimit({ extensions, message }: GraphQLError): boolean {
  return (
    extensions['exceeded'] !== undefined ||
    /^Syntax Error: Document contains more tha. \d+ tokens/.test(message)
  );
}

/** The error that was thrown, below those that wrap it. */
function originOf(error: unknown): unknown {
  const origin = unwrapResolverError(error);
  return origin instanceof GraphQLError && origin.originalError ? originOf(origin.originalError) : origin;
}

/** A scalar's refusal of an argument arrives wrapped, with a message meant for clients. */
function publicCode(error: unknown): string | undefined {
  if (error instanceof GraphQLError) {
    const { code } = error.extensions;
    if (isExceededLimit(error)) return 'OPERATION_LIMIT_EXCEEDED';
    if (typeof code === 'string' && (INVALID.has(code) || code === UNRESOLVED)) return code;
    // Not from a resolver, which would have a path, and nothing was thrown behind it: the request itself is at fault.
    if (code === undefined && !error.path && !error.originalError) return 'BAD_REQUEST';
  }
  return codeOf(originOf(error));
}

/** What a client is told, and is a fault of the service all the same: a database that does not answer. */
const OUTAGES = new Set(['DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN']);

/** The thrown error behind a GraphQL error, when it is a fault of the service, which is for the log. */
export function faultBehind(error: GraphQLError): unknown {
  const code = publicCode(error);
  return code === undefined || OUTAGES.has(code) ? originOf(error) : undefined;
}

/** Whether the request was understood and is no valid GraphQL: neither a fault nor beyond a limit. */
export function isInvalidOperation(error: GraphQLError): boolean {
  return INVALID.has(publicCode(error) ?? '');
}

/**
 * Apollo's hook: gives known errors their code and masks the others.
 * @param showNames whether suggestions may tell names of the schema
 */
export function createFormatError(
  showNames: boolean,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { extensions } = formatted;
    const code = publicCode(error);
    if (code === undefined) {
      const requestId = extensions?.['requestId'];
      return {
        ...formatted,
        message: MASKED,
        extensions: { code: FAULT, ...(requestId !== undefined && { requestId }) },
      };
    }
    const message = showNames ? formatted.message : formatted.message.replace(/ ?Did you mean .+\?$/s, '');
    return { ...formatted, message, extensions: { ...extensions, code } };
  };
}
