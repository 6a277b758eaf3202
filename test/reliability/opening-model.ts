/** The active cart of one customer as a register: it holds a cart or none, and no cart that it has held before. */
import type { CartId } from '../../src/cart/ids.ts';
import type { Model } from './linearizability.ts';

export type OpeningCall =
  | {
      readonly do: 'open';
      readonly guest?: CartId;
      /** The cart that its key makes, should it make one. */
      readonly own: CartId;
    }
  | { readonly do: 'find' }
  | { readonly do: 'checkOut' | 'delete'; readonly cart: CartId };

export interface OpeningAnswer {
  /** Of `open` and `find`. */
  readonly active?: CartId | null;
  /** Of the others: empty when it was done. */
  readonly codes?: readonly string[];
}

export interface Register {
  readonly active: CartId | null;
  /** What was active, and is so no more. */
  readonly gone: readonly CartId[];
}

export const openingModel: Model<Register, OpeningCall, OpeningAnswer> = {
  initial: { active: null, gone: [] },
  step(state, call, answer) {
    switch (call.do) {
      case 'find':
        return answer?.active === state.active ? [state] : [];
      case 'open':
        return opened(state, call).filter(({ active }) => !answer || answer.active === active);
      case 'checkOut':
      case 'delete':
        return ended(state, call.cart, answer?.codes);
    }
  },
  key: ({ active, gone }) => `${String(active)} ${gone.join()}`,
};

/** The active cart as it is; else one that never was the active one. */
function opened(state: Register, { guest, own }: { guest?: CartId; own: CartId }): Register[] {
  if (state.active !== null) return [state];
  const possible = guest === undefined ? [own] : [guest, own];
  return possible.filter((id) => !state.gone.includes(id)).map((active) => ({ ...state, active }));
}

function ended(state: Register, cart: CartId, codes: readonly string[] | undefined): Register[] {
  const after = state.active === cart ? [{ active: null, gone: [...state.gone, cart].sort() }] : [];
  if (!codes) return after;
  if (codes.length === 0) return after;
  const isGone = state.gone.includes(cart);
  const fits = codes[0] === 'CART_EMPTY' ? state.active === cart : isGone;
  return fits ? [state] : [];
}
