/** A change on its way to the cart it is meant for. */
import type { CartState, Prediction } from './cart-state.ts';
import type { KeptCart } from './kept.ts';
import type { Opening } from './opening.ts';
import type { Settings } from './options.ts';
import { persist } from './persist.ts';
import { toOutcome, type Change, type Outcome } from './results.ts';
import type { TypedDocument } from './typed-document.ts';
import type { Cart } from './types.ts';

export interface ChangeOptions {
  /** Only if the cart still is at this version: else the result is a conflict. */
  readonly expectedVersion?: number;
  /** Milliseconds for this change with all its attempts, counted from when it was asked for. */
  readonly deadline?: number;
}

/** What all inputs of changes have. */
export interface Base {
  readonly cartId: string;
  readonly idempotencyKey: string;
  readonly expectedVersion?: number;
}

export interface Request extends ChangeOptions {
  readonly predict: Prediction;
  /** Whether it goes to a new cart where there is none. */
  readonly opens?: boolean;
  /** That cart, as it is shown until there is one. */
  readonly begin?: Cart | undefined;
}

/** One intention: its key stays, however often it is sent. */
export interface Intention<Data, Variables> extends Request {
  readonly document: TypedDocument<Data, Variables>;
  readonly variablesOf: (base: Base) => Variables;
  readonly key: string;
  /** Whose it is, as the state counts them. */
  readonly shopper: number;
  /** The cart it was first sent to. */
  cartId?: string;
}

const goneLocally: Outcome = {
  ok: false,
  kind: 'gone',
  cart: undefined,
  errors: [{ code: 'CART_NOT_FOUND', message: 'There is no cart to change.', field: null }],
};

export function createSending(settings: Settings, state: CartState, kept: KeptCart, opening: Opening) {
  /** This cart is no longer one to change; another may have come in its place meanwhile. */
  function leave(cartId: string): void {
    if (kept.read().cartId === cartId) kept.update({ cartId: undefined });
    if (state.confirmed()?.id === cartId) state.adopt(undefined);
  }

  async function findTarget({ opens }: Request, left: () => number): Promise<string | Outcome> {
    if (!opens && !state.getSnapshot().loaded) {
      const found = await opening.load(left);
      if (!found.ok) return { ...found, cart: undefined };
    }
    const known = state.confirmed();
    if (known && (known.status === 'ACTIVE' || !opens)) return known.id;
    if (!opens) return goneLocally;
    const opened = await opening.open('SUM', left);
    return opened.ok ? opened.cart.id : opened;
  }

  return async function send<Data extends Change, Variables>(
    intention: Intention<Data, Variables>,
    left: () => number,
  ): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      if (intention.shopper !== state.shopper()) return goneLocally;
      const target = intention.cartId ?? (await findTarget(intention, left));
      if (typeof target !== 'string') return target;
      intention.cartId = target;
      const { document, variablesOf, key: idempotencyKey, expectedVersion } = intention;
      const base = {
        cartId: target,
        idempotencyKey,
        ...(expectedVersion !== undefined && { expectedVersion }),
      };
      const settled = await persist(settings, settings, document, variablesOf(base), left);
      const outcome = toOutcome(settled, state.confirmed());
      if (outcome.kind === 'gone') leave(target);
      // Expired, or checked out by another tab: what is added goes to a new cart, if it is certain that it is in none.
      const renew = outcome.kind === 'gone' && intention.opens && settled.kind === 'data' && !settled.open;
      if (!renew || tries > 1) return outcome;
      delete intention.cartId;
    }
  };
}
