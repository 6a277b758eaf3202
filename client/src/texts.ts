/** What shoppers are told, for every code: replace one text or all of them. */
import type { ErrorCode } from './types.ts';

export type Texts = Readonly<Record<ErrorCode, string>>;

const FAULT = 'Something went wrong on our side. Please try again later.';
const BUSY = 'The shop is very busy. Please try again in a moment.';
const MISTAKE = 'This page has made a mistake. Please reload it.';
const UNSURE = 'We could not find out whether this was done. Please look at your cart.';

/** A compile-time table over the generated codes: a new code of the schema does not compile until it has its text. */
export const englishTexts: Texts = {
  CART_ALREADY_CLAIMED: 'This cart belongs to somebody else.',
  CART_EMPTY: 'Your cart is empty.',
  CART_NOT_ACTIVE: 'This cart has been checked out already.',
  CART_NOT_FOUND: 'This cart is no longer there.',
  CART_SIZE_EXCEEDED: 'Your cart cannot hold any more.',
  IDEMPOTENCY_KEY_REUSED: MISTAKE,
  ITEM_AMBIGUOUS: MISTAKE,
  ITEM_LIMIT_EXCEEDED: 'Your cart cannot hold more items.',
  ITEM_NOT_FOUND: 'This item is no longer in your cart.',
  PRICE_CHANGED: 'Prices have changed since you put these into your cart.',
  PRODUCT_NOT_FOUND: 'This product is no longer sold.',
  QUANTITY_INVALID: 'Please choose a quantity of at least 1.',
  QUANTITY_LIMIT_EXCEEDED: 'You cannot have that many of one item.',
  TOTAL_MISMATCH: 'The total has changed. Please look at it again.',
  VERSION_CONFLICT: 'Your cart was changed somewhere else. Please look at it again.',

  BAD_REQUEST: MISTAKE,
  BAD_USER_INPUT: 'Please check what you have entered.',
  BODY_TOO_LARGE: 'This is too much at once.',
  DEADLINE_EXCEEDED: UNSURE,
  DOCUMENT_NOT_TRUSTED: MISTAKE,
  ERRORS_LEFT_OUT: 'There are more problems than these.',
  FORBIDDEN: 'You are not allowed to do this.',
  GRAPHQL_PARSE_FAILED: MISTAKE,
  GRAPHQL_VALIDATION_FAILED: MISTAKE,
  INTERNAL_SERVER_ERROR: FAULT,
  KEYS_UNAVAILABLE: BUSY,
  METHOD_NOT_ALLOWED: MISTAKE,
  NOT_ACCEPTABLE: MISTAKE,
  NOT_FOUND: MISTAKE,
  NOT_IMPLEMENTED: MISTAKE,
  OPERATION_LIMIT_EXCEEDED: 'This is too much at once.',
  OPERATION_RESOLUTION_FAILURE: MISTAKE,
  OUTCOME_UNKNOWN: UNSURE,
  OVERLOADED: BUSY,
  REQUEST_TIMEOUT: 'Your connection is too slow. Please try again.',
  RESPONSE_TOO_LARGE: 'This is too much at once.',
  UNAUTHENTICATED: 'Please sign in again.',
  UNSUPPORTED_MEDIA_TYPE: MISTAKE,

  NO_ANSWER: 'The shop cannot be reached. Please check your connection.',
  NOT_THE_SERVICE: FAULT,
  NOT_SENT: 'The shop cannot be reached. Please check your connection.',
};

/** The text for an error; of a code that is newer than this version, that of a fault. */
export function textOf({ code }: { readonly code: string }, texts: Texts = englishTexts): string {
  return Object.hasOwn(texts, code) ? texts[code as ErrorCode] : texts.INTERNAL_SERVER_ERROR;
}
