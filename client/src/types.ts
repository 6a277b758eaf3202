/** What the client hands out. A change answers with a result that must be looked at before its cart can be had. */
import type {
  CartPartsFragment,
  CurrentCartQuery,
  ErrorPartsFragment,
  PriceChangePartsFragment,
  ProductPartsFragment,
  UserErrorCode,
} from './generated/operations.ts';

export type Cart = CartPartsFragment;
export type CartItem = Cart['items'][number];
export type Money = Cart['totalAmount'];
export type Attribute = Cart['attributes'][number];
export type Product = ProductPartsFragment;
export type PriceChange = PriceChangePartsFragment;
/** A refusal as the service words it, with what is needed to recover. */
export type UserError = ErrorPartsFragment;
export type ViewerKind = CurrentCartQuery['viewer']['kind'];

/** Codes of errors that are no refusals of a change; docs/errors.md lists them. */
export type ServiceErrorCode =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'BODY_TOO_LARGE'
  | 'DEADLINE_EXCEEDED'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'ERRORS_LEFT_OUT'
  | 'FORBIDDEN'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'INTERNAL_SERVER_ERROR'
  | 'KEYS_UNAVAILABLE'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'NOT_FOUND'
  | 'NOT_IMPLEMENTED'
  | 'OPERATION_LIMIT_EXCEEDED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'OUTCOME_UNKNOWN'
  | 'OVERLOADED'
  | 'REQUEST_TIMEOUT'
  | 'RESPONSE_TOO_LARGE'
  | 'UNAUTHENTICATED'
  | 'UNSUPPORTED_MEDIA_TYPE';

/** What the client says for itself: nothing came back; what came back was not the service's; there was no time to send it. */
export type ClientErrorCode = 'NO_ANSWER' | 'NOT_THE_SERVICE' | 'NOT_SENT';

export type ErrorCode = UserErrorCode | ServiceErrorCode | ClientErrorCode;

/** A fault, as data: `code` may be one that this version does not know. */
export interface Fault {
  readonly code: ServiceErrorCode | ClientErrorCode;
  readonly message: string;
}

interface Refused<Kind extends string, Problem> {
  readonly ok: false;
  readonly kind: Kind;
  /** The cart as it now stands, as far as it is known. */
  readonly cart: Cart | undefined;
  readonly errors: readonly Problem[];
}

/** Somebody else changed the cart: nothing was done. Look at `cart`, and decide anew. */
export interface Conflict extends Refused<'conflict', UserError> {
  readonly currentVersion: number;
}
/** The cart has ceased to be one to change: checked out or merged, expired, or another's. The client has let go of it. */
export type Gone = Refused<'gone', UserError>;
/** A rule of the cart forbids it; nothing was done. */
export type RuleRefusal = Refused<'refused', UserError>;
/** The token is not to be believed, or does not allow it; nothing was done. */
export type Denied = Refused<'denied', Fault>;
/** It was not done, and will not be: the service could not be had, or has a fault. */
export type Failed = Refused<'failed', Fault>;
/** Nobody knows whether it was done. */
export interface Unknown<Result> extends Refused<'unknown', Fault> {
  /** Sends the same intention again: it is still done once. */
  again(): Promise<Result>;
}

export interface Ok {
  readonly ok: true;
  readonly kind: 'ok';
  readonly cart: Cart;
}

export type ChangeResult = Ok | Conflict | Gone | RuleRefusal | Denied | Failed | Unknown<ChangeResult>;

/** Prices in the cart are no longer the catalogue's: show them, then refresh them or check out with `acceptCartPrices`. */
export interface PriceChanged extends Refused<'priceChanged', UserError> {
  readonly priceChanges: readonly PriceChange[];
}
/** The total is not what the shopper was shown. */
export interface TotalMismatch extends Refused<'totalMismatch', UserError> {
  readonly currentTotal: Money;
}

export type CheckOutResult =
  | (Ok & { readonly orderId: string })
  | PriceChanged
  | TotalMismatch
  | Conflict
  | Gone
  | RuleRefusal
  | Denied
  | Failed
  | Unknown<CheckOutResult>;

export type RefreshResult =
  | (Ok & { readonly priceChanges: readonly PriceChange[] })
  | Conflict
  | Gone
  | RuleRefusal
  | Denied
  | Failed
  | Unknown<RefreshResult>;

/** Of reading: there is always a point in asking again. */
export type ReadResult<Data> =
  | { readonly ok: true; readonly kind: 'ok'; readonly data: Data }
  | { readonly ok: false; readonly kind: 'denied' | 'failed'; readonly errors: readonly Fault[] };

/** What {@link match} needs for a kind of result: one function for each. */
export type Handlers<Result extends { readonly kind: string }, Value> = {
  readonly [Kind in Result['kind']]: (result: Extract<Result, { readonly kind: Kind }>) => Value;
};

/** One of the functions, by the kind of the result: a kind without one does not compile. */
export function match<Result extends { readonly kind: string }, Value>(
  result: Result,
  handlers: Handlers<Result, Value>,
): Value {
  const handler = handlers[result.kind as Result['kind']] as (result: Result) => Value;
  return handler(result);
}
