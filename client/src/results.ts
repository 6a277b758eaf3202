/** From an answer to a result: which refusal it is, and what the page needs to recover. */
import type { Settled } from './persist.ts';
import type { Cart, CheckOutResult, PriceChange, RefreshResult, UserError } from './types.ts';

/** What every mutation answers with, and some of them besides. */
export interface Payload {
  readonly cart: Cart | null;
  readonly userErrors: readonly UserError[];
  readonly orderId?: string | null;
  readonly priceChanges?: readonly PriceChange[];
}

/** All that can become of any change. */
export type AnyResult =
  Extract<CheckOutResult, { ok: false }> | Extract<CheckOutResult & RefreshResult, { ok: true }>;

export type Change = { readonly change: Payload | null };

type Without<Result> = Result extends { kind: 'unknown' } ? Omit<Result, 'again'> : Result;
/** Before it is known how to send it again. */
export type Outcome = Without<AnyResult>;

/** @param known the cart as the client has it, for where the answer does not say */
export function toOutcome(settled: Settled<Change>, known: Cart | undefined): Outcome {
  if (settled.kind !== 'data') return { ok: false, kind: settled.kind, cart: known, errors: settled.errors };
  const { cart, userErrors: errors = [], orderId, priceChanges } = settled.data.change ?? {};
  const [first] = errors;
  const now = cart ?? (first ? undefined : known);
  if (first) return toRefusal(now ?? known, errors, first);
  if (cart) return { ok: true, kind: 'ok', cart, orderId: orderId ?? '', priceChanges: priceChanges ?? [] };
  // It was done, and of the cart something could not be read.
  const message = 'The change was made, and the cart could not be read.';
  return { ok: false, kind: 'unknown', cart: known, errors: [{ code: 'NOT_THE_SERVICE', message }] };
}

function toRefusal(cart: Cart | undefined, errors: readonly UserError[], first: UserError): Outcome {
  const refusal = { ok: false, cart, errors } as const;
  if ('currentVersion' in first)
    return { ...refusal, kind: 'conflict', currentVersion: first.currentVersion };
  if ('priceChanges' in first) return { ...refusal, kind: 'priceChanged', priceChanges: first.priceChanges };
  if ('currentTotal' in first) return { ...refusal, kind: 'totalMismatch', currentTotal: first.currentTotal };
  const gone = ['CART_NOT_FOUND', 'CART_NOT_ACTIVE'].includes(first.code);
  return { ...refusal, kind: gone ? 'gone' : 'refused' };
}
