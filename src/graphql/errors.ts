/** Which errors a client sees as they are, and what becomes of all others. */
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DeadlineExceeded } from '../waiting/abortable.ts';
import { Overloaded } from '../waiting/overloaded.ts';
import { UnknownOutcome } from '../changes/unknown-outcome.ts';
import { InputError } from '../cart/input-error.ts';
import { PermissionError } from '../cart/viewer.ts';

/** The answer has grown larger than one may be; thrown as it is written, in the place of the whole answer. */
export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
  /** GraphQL hands these on. */
  readonly extensions: Readonly<Record<string, unknown>>;

  /**
   * @param limit bytes
   * @param changed whether a mutation was run, whose changes stand
   */
  constructor(limit: number, changed: boolean) {
    const [begin, advice] = changed
      ? ['The mutation was run, and its changes stand, but its answer', 'read the cart with fewer fields']
      : ['The answer', 'ask for less at once'];
    super(`${begin} would have more than ${limit} bytes; ${advice}.`);
    this.extensions = changed ? { changed } : {};
  }
}

/** Most errors in one answer: they say what is wrong; beyond these a client only learns how many there are. */
export const MAX_ERRORS = 20;

/** The last error of an answer that has more of them than {@link MAX_ERRORS}. @param count of those that are not told */
export function errorsLeftOut(count: number): GraphQLError {
  const message = `${count} more ${count === 1 ? 'error is' : 'errors are'} left out.`;
  return new GraphQLError(message, { extensions: { code: 'ERRORS_LEFT_OUT', leftOut: count } });
}

/** Characters of a message that a client is shown: graphql repeats in its own whatever it was given. */
const LONGEST_MESSAGE = 600;

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
  if (error instanceof Overloaded) return 'OVERLOADED';
  if (error instanceof ResponseTooLarge) return 'RESPONSE_TOO_LARGE';
  if (!(error instanceof GraphQLError)) return undefined;
  if (isExceededLimit(error)) return 'OPERATION_LIMIT_EXCEEDED';
  const { code } = error.extensions;
  if (typeof code === 'string') return code === FAULT ? undefined : code;
  // graphql's own refusal of an argument while it runs: a variable that is null where the argument must not be.
  return error.message.startsWith('Argument "') ? 'BAD_USER_INPUT' : undefined;
}

/** graphql's own refusal to go on comparing fields of equal names with each other. */
const TOO_MANY_REPEATS = 'Validation aborted.';

/** Apollo gives errors of parsing and validation its own code, whatever theirs was. */
function isExceededLimit({ extensions, message }: GraphQLError): boolean {
  return (
    extensions['exceeded'] !== undefined ||
    message.startsWith('Syntax Error: Document contains more tha') ||
    message === TOO_MANY_REPEATS
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

/** What a client is told, and is a fault of the service all the same: a database that does not answer, or has no room. */
const OUTAGES = new Set(['DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN', 'OVERLOADED']);

/** The thrown error behind a GraphQL error, when it is a fault of the service, which is for the log. */
export function faultBehind(error: GraphQLError): unknown {
  const code = publicCode(error);
  return code === undefined || OUTAGES.has(code) ? originOf(error) : undefined;
}

/** The code that stands for all errors of an answer: of a fault, else that of the first one. */
export function codeOfAll(errors: readonly GraphQLError[]): string {
  const codes = errors.slice(0, MAX_ERRORS).map((error) => publicCode(error) ?? FAULT);
  return codes.find((code) => code === FAULT || OUTAGES.has(code)) ?? codes[0] ?? FAULT;
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
    return {
      ...formatted,
      message: toMessage(formatted.message, showNames),
      extensions: { ...extensions, code },
    };
  };
}

/** No regular expression looks at a message: it can hold anything that a client sent, and as much. */
function toMessage(message: string, showNames: boolean): string {
  if (message === TOO_MANY_REPEATS)
    return 'The document repeats its fields too often; ask for each of them once.';
  const shown = showNames ? message : withoutSuggestion(message);
  if (shown.length <= LONGEST_MESSAGE) return shown;
  // What was given stands in the middle, what is wrong with it at the end.
  const half = LONGEST_MESSAGE / 2;
  return `${shown.slice(0, half)}…${shown.slice(-half)}`;
}

/** graphql's suggestions end a message. */
function withoutSuggestion(message: string): string {
  if (!message.endsWith('?')) return message;
  const at = message.lastIndexOf('Did you mean ');
  return at < 0 ? message : message.slice(0, at).trimEnd();
}
