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
  /** The cart is no longer one to change. */
  function leave(): void {
    const { cartId } = kept.read();
    if (cartId !== undefined && cartId === state.confirmed()?.id) kept.update({ cartId: undefined });
    state.adopt(undefined);
  }

  async function send<Data extends Change, Variables>(
    intention: Intention<Data, Variables>,
    until: number,
  ): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const target = intention.cartId ?? (await findTarget(intention, until));
      if (typeof target !== 'string') return target;
      intention.cartId = target;
      const { document, variablesOf, key: idempotencyKey, expectedVersion } = intention;
      const base = {
        cartId: target,
        idempotencyKey,
        ...(expectedVersion !== undefined && { expectedVersion }),
      };
      const settled = await persist(settings, settings, document, variablesOf(base), until);
      const outcome = toOutcome(settled, state.confirmed());
      // Expired, or checked out by another tab: what is added goes to a new cart, if it is certain that it is in none.
      const renew = outcome.kind === 'gone' && intention.opens && settled.kind === 'data' && !settled.open;
      if (!renew || tries > 1) return outcome;
      leave();
      delete intention.cartId;
    }
  }

  async function findTarget({ opens }: Request, until: number): Promise<string | Outcome> {
    const known = state.confirmed();
    if (known && (known.status === 'ACTIVE' || !opens)) return known.id;
    if (!opens) return goneLocally;
    const opened = await opening.open('SUM', until);
    return opened.ok ? opened.cart.id : opened;
  }

  return { send, leave };
}
