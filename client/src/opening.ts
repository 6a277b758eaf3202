/** Which cart is the shopper's: found, opened, and a guest's cart claimed when somebody has signed in. */
import type { CartState } from './cart-state.ts';
import { CurrentCartDocument, OpenCartDocument, type MergeStrategy } from './generated/operations.ts';
import type { KeptCart } from './kept.ts';
import { oneTabAtATime, timer, type Settings } from './options.ts';
import { persist, type Settled } from './persist.ts';
import { toOutcome, type Outcome } from './results.ts';
import type { Cart, ReadResult } from './types.ts';

export type Opening = ReturnType<typeof createOpening>;

/** Any UUID: the variable must have one, where nothing is kept it is not asked for. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** A key whose cart is no longer one to go on with is used once: more than one new key is a fault. */
const OPEN_TRIES = 3;
/** Other tabs do not go on for ever. */
const LOAD_TRIES = 4;

export function createOpening(settings: Settings, state: CartState, kept: KeptCart) {
  /** One key for all tabs that open at this moment, also after a reload: kept before anything is sent. */
  function keyOfOpening(): string {
    const key = kept.read().key ?? settings.newKey();
    kept.update({ key });
    return key;
  }

  /** The tab that opens second finds what the first has opened. */
  function open(strategy: MergeStrategy, left = timer(settings)): Promise<Outcome> {
    return oneTabAtATime(settings.name, left, () => openNow(strategy, left));
  }

  async function openNow(strategy: MergeStrategy, left: () => number): Promise<Outcome> {
    const shopper = state.shopper();
    for (let tries = 1; ; tries += 1) {
      const guestCartId = kept.read().cartId ?? null;
      const idempotencyKey = keyOfOpening();
      const input = { guestCartId, idempotencyKey, strategy };
      const settled = await persist(settings, settings, OpenCartDocument, { input }, left);
      const outcome = toOutcome(settled, state.confirmed());
      // Of whoever has left meanwhile nothing is kept.
      if (outcome.kind === 'unknown' || shopper !== state.shopper()) return outcome;
      const isOver = tries === OPEN_TRIES || !isOfAnother(outcome);
      // Before the key goes: a tab that has not heard of both yet knows the one or the other.
      if (isOver && outcome.cart && settled.kind === 'data') keep(outcome.cart, outcome.ok);
      kept.update({ key: undefined });
      if (isOver) return outcome;
    }
  }

  /** @param taken whether a guest's cart that was kept is in it now */
  function keep(cart: Cart, taken: boolean): void {
    const before = kept.read().cartId;
    const cartId = cart.customerId === null ? cart.id : taken ? undefined : before;
    if (cartId !== before) kept.update({ cartId });
    const known = state.confirmed();
    state.adopt(cart);
    if (!known || changeOf(cart) !== changeOf(known)) announce(cart);
  }

  function announce(cart: Cart): void {
    kept.announce(changeOf(cart));
  }

  /** Finds the cart there is, without making one. */
  async function load(left = timer(settings), tries = 1): Promise<ReadResult<Cart | undefined>> {
    const { cartId } = kept.read();
    const epoch = state.epoch();
    const variables = { id: cartId ?? NOBODY, kept: cartId !== undefined };
    const settled = await persist(settings, settings, CurrentCartDocument, variables, left);
    if (settled.kind !== 'data') return toRead(settled);
    const { viewer, cart } = settled.data;
    const guests = cart?.status === 'ACTIVE' && cart.customerId === null ? cart : undefined;
    if (guests && viewer.kind === 'CUSTOMER') {
      // Signed in since the guest put things into it.
      const outcome = await open('SUM');
      if (outcome.ok) return { ok: true, kind: 'ok', data: outcome.cart };
    }
    // Another tab has opened, claimed or left a cart meanwhile: this answer is of the time before.
    if (kept.read().cartId !== cartId && tries < LOAD_TRIES) return load(left, tries + 1);
    if (cartId !== undefined && !guests) {
      kept.update({ cartId: undefined });
      // Merged perhaps between the two looks of this answer, and the customer's cart is of before.
      if (viewer.kind === 'CUSTOMER') return load(left, tries + 1);
    }
    const current = viewer.cart ?? (viewer.kind === 'CUSTOMER' ? undefined : usable(cart));
    if (state.epoch() !== epoch && current?.id !== state.confirmed()?.id)
      return { ok: true, kind: 'ok', data: state.confirmed() };
    state.adopt(current);
    return { ok: true, kind: 'ok', data: state.confirmed() };
  }

  return { open, load: (left?: () => number) => load(left), announce };
}

/** The key was used before: by a visit whose answer was lost, and whose cart has been left since. */
function isOfAnother(outcome: Outcome): boolean {
  if (outcome.ok) return outcome.cart.status !== 'ACTIVE';
  if (outcome.kind === 'gone') return true;
  return outcome.kind === 'refused' && outcome.errors[0]?.code === 'IDEMPOTENCY_KEY_REUSED';
}

/** A cart that staff, or anybody where nobody is asked for a token, go on with. */
function usable(cart: Cart | null | undefined): Cart | undefined {
  return cart?.status === 'ACTIVE' ? cart : undefined;
}

/** What tabs tell each other. */
export function changeOf({ id, version }: Cart): string {
  return `${id} ${version}`;
}

export function toRead<Data>(settled: Settled<Data>): ReadResult<Data> {
  if (settled.kind === 'data') return { ok: true, kind: 'ok', data: settled.data };
  const kind = settled.kind === 'denied' ? 'denied' : 'failed';
  return { ok: false, kind, errors: settled.errors };
}
