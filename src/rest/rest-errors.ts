/** Which HTTP status an error gets. What has none here is a fault of the service, and the server masks it. */
import { DeadlineExceeded } from '../waiting/abortable.ts';
import { CartError } from '../cart/cart-error.ts';
import { Overloaded } from '../waiting/overloaded.ts';
import { UnknownOutcome } from '../changes/unknown-outcome.ts';
import { InputError } from '../cart/input-error.ts';
import { PermissionError } from '../cart/viewer.ts';
import { errorResponse, type HttpResponse } from '../http/messages.ts';
import { problemStatuses, type ErrorStatus } from './statuses.ts';

/**
 * The answer to an error that is meant for clients; undefined for any other. Of several problems the first decides. Where
 * the database's answer did not come in time or got lost, the change may have been made: 504, as for a gateway.
 */
export function toErrorResponse(error: unknown): HttpResponse | undefined {
  if (error instanceof CartError) {
    const messages = error.problems.map((problem) => problem.message);
    const { code } = error.problems[0];
    return { ...refused(problemStatuses[code], messages.join(' ')), code };
  }
  if (error instanceof InputError) return { ...refused(400, `${error.message}.`), code: 'BAD_USER_INPUT' };
  if (error instanceof PermissionError) return { ...refused(403, error.message), code: 'FORBIDDEN' };
  if (error instanceof DeadlineExceeded || error instanceof UnknownOutcome) {
    const code = error instanceof UnknownOutcome ? 'OUTCOME_UNKNOWN' : 'DEADLINE_EXCEEDED';
    return { ...refused(504, error.message), fault: error, code };
  }
  if (error instanceof Overloaded) {
    const { headers, ...answer } = refused(503, error.message);
    return { ...answer, headers: { ...headers, 'retry-after': '1' }, fault: error, code: 'OVERLOADED' };
  }
  return undefined;
}

/** An error of a status that the OpenAPI document knows. */
export function refused(status: ErrorStatus, message: string): HttpResponse {
  return errorResponse(status, message);
}
