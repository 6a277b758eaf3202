/** Which errors a client sees as they are, and what becomes of all others. */
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DeadlineExceeded } from '../cart/abortable.ts';
import { UnknownOutcome } from '../cart/change-carts.ts';
import { InputError } from '../cart/input-error.ts';
import { PermissionError } from '../cart/viewer.ts';

const MASKED = 'Internal server error';

/** The code of an error that is meant for clients; undefined for a fault of the service. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof InputError) return 'BAD_USER_INPUT';
  if (error instanceof PermissionError) return 'FORBIDDEN';
  if (error instanceof DeadlineExceeded) return 'DEADLINE_EXCEEDED';
  if (error instanceof UnknownOutcome) return 'OUTCOME_UNKNOWN';
  return undefined;
}

/** The error that was thrown, below those that wrap it. */
function originOf(error: unknown): unknown {
  const origin = unwrapResolverError(error);
  return origin instanceof GraphQLError && origin.originalError ? originOf(origin.originalError) : origin;
}

/** The thrown error behind a GraphQL error, when it is a fault of the service that must not reach a client. */
export function faultBehind(error: GraphQLError): unknown {
  const origin = originOf(error);
  const known = origin instanceof GraphQLError || codeOf(origin) !== undefined || isCoercion(error);
  return known ? undefined : origin;
}

/** A scalar's refusal of an argument arrives wrapped, with a message meant for clients. */
function isCoercion(error: GraphQLError): boolean {
  const code = error.extensions['code'];
  return code === 'BAD_USER_INPUT' || code === 'GRAPHQL_VALIDATION_FAILED';
}

/** Apollo's hook: gives known errors their code and masks the others. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const code = codeOf(originOf(error));
  if (code !== undefined) return { ...formatted, extensions: { ...formatted.extensions, code } };
  if (formatted.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return formatted;
  const { requestId } = formatted.extensions;
  return {
    ...formatted,
    message: MASKED,
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...(requestId !== undefined && { requestId }) },
  };
}
