/** What is known of the cart, and what is expected of changes that are on their way. */
import type { Cart } from './types.ts';

export interface CartSnapshot {
  /** To be shown: as the service has it, with the changes that are on their way. Of a cart that is being opened the id is empty. */
  readonly cart: Cart | undefined;
  /** As the service last had it. */
  readonly confirmed: Cart | undefined;
  /** Changes on their way. */
  readonly pending: number;
  /** Whether it is known at all if there is a cart. */
  readonly loaded: boolean;
}

/** What a change will make of a cart, as far as a page can tell. */
export type Prediction = (cart: Cart) => Cart;

interface Expected {
  readonly predict: Prediction;
  /** Of what goes to a new cart: that cart, before there is anything in it. */
  readonly begin: Cart | undefined;
}

/** With one more change. Of what cannot be counted, as the NaN of an emptied field, nothing is shown: the service says what is wrong with it. */
function predicted(cart: Cart, { predict }: Expected): Cart {
  try {
    return predict(cart);
  } catch {
    return cart;
  }
}

export type CartState = ReturnType<typeof createCartState>;

export function createCartState() {
  let confirmed: Cart | undefined;
  let loaded = false;
  /** How often another cart came in the place of the one there was, and how often another shopper did. */
  let epoch = 0;
  let shopper = 0;
  const expected = new Set<Expected>();
  const listeners = new Set<() => void>();
  let snapshot: CartSnapshot = { cart: undefined, confirmed, pending: 0, loaded };

  function publish(): void {
    const changes = [...expected];
    // As long as it is not known whether there is a cart, none is shown that might be another.
    const isToBegin = loaded && confirmed?.status !== 'ACTIVE';
    const begun = isToBegin ? changes.find(({ begin }) => begin)?.begin : undefined;
    const from = begun ?? confirmed;
    snapshot = { cart: from && changes.reduce(predicted, from), confirmed, pending: changes.length, loaded };
    for (const listener of listeners) listener();
  }

  /** Whether an answer says something newer than what is known. */
  const isNewer = (cart: Cart) => cart.id !== confirmed?.id || cart.version > confirmed.version;

  function set(cart: Cart | undefined): void {
    if (cart?.id !== confirmed?.id) epoch += 1;
    confirmed = cart;
  }

  return {
    getSnapshot: () => snapshot,
    confirmed: () => confirmed,
    epoch: () => epoch,
    shopper: () => shopper,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Takes the answer to a change of the cart there is. Older ones, and those of other carts, are dropped. */
    learn(cart: Cart): void {
      if (cart.id !== confirmed?.id || !isNewer(cart)) return;
      set(cart);
      publish();
    },
    /** This is the cart now; undefined when there is none. An older state of the one there is changes nothing. */
    adopt(cart: Cart | undefined): void {
      const changed = !loaded || (cart ? isNewer(cart) : confirmed !== undefined);
      loaded = true;
      if (cart === undefined || isNewer(cart)) set(cart);
      if (changed) publish();
    },
    /** Somebody else is to see nothing of the cart, nor of what is on its way to it. */
    forget(): void {
      shopper += 1;
      epoch += 1;
      expected.clear();
      confirmed = undefined;
      publish();
    },
    /**
     * Shows what a change will do.
     * @param begin the cart to show it in where there is none to change
     * @returns ends it, and takes the answer in its place, in one step
     */
    expect(predict: Prediction, begin?: Cart): (answered?: Cart) => void {
      const own = { predict, begin };
      expected.add(own);
      publish();
      return (answered) => {
        expected.delete(own);
        if (answered && answered.id === confirmed?.id && isNewer(answered)) set(answered);
        publish();
      };
    },
  };
}
