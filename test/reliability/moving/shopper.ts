/** A shopper who alone changes some carts, and so knows what each answer must be; what is not answered is asked again with its key. */
import { liveCart } from '../../../src/cart/moved.ts';
import type { Cart } from '../../../src/cart/cart.ts';
import { cartIdFromKey, uuidOf, type CartId } from '../../../src/cart/ids.ts';
import type { Dice } from '../../support/dice.ts';
import { askService } from '../ask-service.ts';
import type { CartCall, CartView } from '../cart-calls.ts';
import { cartModel, SOLD, viewOf, type Carts } from '../cart-model.ts';
import type { MovingCluster } from '../processes/move-cluster.ts';

/** How often a call is sent again: some minutes. */
const PATIENCE = 1000;
/** Milliseconds until it is. */
const PAUSE = 100;

export interface ShopperOptions {
  readonly members: MovingCluster['members'];
  readonly dice: Dice;
  /** That nobody else has. */
  readonly name: string;
  /** As they are in the beginning. */
  readonly carts: readonly Cart[];
  /** Milliseconds from an answer to the next request; none by default. */
  readonly pause?: number;
  /** Told how many milliseconds each answer took. */
  readonly timed?: (milliseconds: number) => void;
}

export interface Shopper {
  /** Until it is told to stop. @throws Error for the first answer that is wrong */
  shop(isOver: () => boolean): Promise<void>;
  /** What each cart must be. */
  expected(): Iterable<readonly [CartId, CartView]>;
  readonly counts: { answered: number; repeated: number };
}

export function createShopper({ members, dice, name, carts, pause = 0, timed }: ShopperOptions): Shopper {
  const states = new Map<CartId, Carts>(carts.map((cart) => [cart.id, { [cart.id]: cart }]));
  const ids = [...states.keys()];
  const counts = { answered: 0, repeated: 0 };
  let keys = 0;

  async function ask(call: CartCall): Promise<void> {
    const begin = dice.below(members.length);
    for (let time = 0; time < PATIENCE; time += 1) {
      const member = members[(begin + time) % members.length];
      const start = performance.now();
      const sent = member?.isUp() ? await askService(member.url, call) : undefined;
      if (sent?.kind === 'answered') {
        counts.answered += 1;
        timed?.(performance.now() - start);
        const [next] = cartModel.step(states.get(call.cart) ?? {}, call, sent.answer);
        if (!next)
          throw new Error(`Wrong: ${JSON.stringify(call)} -> ${JSON.stringify(sent.answer)}, of
            ${JSON.stringify(cartModel.key(states.get(call.cart) ?? {}))}`);
        states.set(call.cart, next);
        return;
      }
      if (sent) counts.repeated += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    throw new Error(`No answer to ${JSON.stringify(call)}`);
  }

  function draw(): CartCall {
    const key = uuidOf(`${name} ${(keys += 1)}`);
    const lines = [{ productId: String(1 + dice.below(SOLD)), quantity: 1 + dice.below(3) }];
    if (dice.chance(0.05)) {
      const cart = cartIdFromKey(key, undefined, 'key');
      ids.push(cart);
      return { do: 'create', cart, key, lines };
    }
    const cart = dice.pick(ids);
    const kind = dice.pick(['read', 'read', 'add', 'add', 'add', 'note', 'set', 'end'] as const);
    if (kind === 'read') return { do: kind, cart };
    if (kind === 'note') return { do: kind, cart, key, note: key };
    // One in so many ends a cart: most go on.
    if (kind === 'end') return { do: dice.chance(0.1) ? 'checkOut' : 'clear', cart, key };
    return { do: kind, cart, key, lines };
  }

  return {
    counts,
    async shop(isOver) {
      while (!isOver()) {
        await ask(draw());
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    *expected() {
      for (const [id, state] of states) yield [id, viewOf(state[id] as Cart)] as const;
    },
  };
}

/** Where a cart is that both databases were asked for: what is wrong with it, if anything. */
export function problemOf(
  id: CartId,
  expected: CartView,
  records: readonly (Cart | undefined)[],
): string | undefined {
  const living = records.flatMap((record) => liveCart(record, Date.now()) ?? []);
  const [cart] = living;
  if (!cart) return `${id} is lost`;
  if (living.length > 1) return `${id} is in both databases`;
  const found = JSON.stringify(viewOf(cart));
  return found === JSON.stringify(expected)
    ? undefined
    : `${id} is ${found}, not ${JSON.stringify(expected)}`;
}
