/**
 * The one active cart of a customer, found or made. Each round reads the pointer and the carts that matter, strongly, and decides:
 * to answer, or to make one change, which is refused when the pointer or a cart has moved meanwhile; then comes the next round.
 */
import { createPointer, isOpenFor, openedCartId, pointTo } from '../../cart/active-cart.ts';
import type { CartProblem } from '../../cart/cart-error.ts';
import { claimCart, createCart, isLive, type Cart } from '../../cart/cart.ts';
import { cartIdFromKey, plainId, type CartId, type CustomerId } from '../../cart/ids.ts';
import { mergeCarts, type MergeStrategy } from '../../cart/merge.ts';
import { maySee, mustActFor, type Viewer } from '../../cart/viewer.ts';
import { changeCarts } from '../change-carts.ts';
import type { ChangeOutcome, ChangeRequest, Target } from '../change.ts';
import { UnknownOutcome } from '../unknown-outcome.ts';
import { findReplay, readRound, type OpenRequest, type Round } from './opening-round.ts';
import type { Caller, ChangeTerms, OperationDependencies } from './operation.ts';

export interface OpenInput {
  /** A cart to claim, or to merge into the active one. One that is no guest's any more changes nothing. */
  readonly guestCartId?: CartId | undefined;
  readonly strategy: MergeStrategy;
  /** Only staff name another than themselves. */
  readonly customerId?: CustomerId | undefined;
}

type Terms = Omit<ChangeTerms, 'expectedVersion'>;

/** The pointer names another cart than the round has read. */
class PointerMoved extends Error {}

/** Problems of a guest's cart that somebody else has changed since it was read. */
const OVERTAKEN = new Set<CartProblem['code']>(['CART_NOT_FOUND', 'CART_NOT_ACTIVE', 'CART_ALREADY_CLAIMED']);

export function createOpening(deps: OperationDependencies) {
  return {
    /** The cart to go on with. Problems only when a merge would exceed a limit, or the key was used for something else. */
    async openCart(input: OpenInput, terms: Terms): Promise<ChangeOutcome> {
      const customerId = input.customerId ?? customerOf(terms.viewer);
      if (customerId === undefined) return openGuestCart(deps, input, terms);
      mustActFor(terms.viewer, customerId);
      const request = requestOf(input, customerId, terms);
      for (;;) {
        const outcome = await openOnce(deps, input, customerId, request);
        if (outcome) return outcome;
      }
    },

    /** A customer's active cart as it is now; undefined when there is none. Two strong reads. */
    async findActiveCart(customerId: CustomerId, { viewer, signal }: Caller): Promise<Cart | undefined> {
      mustActFor(viewer, customerId);
      const { pointed } = await readRound(deps, customerId, {}, signal);
      return pointed && isOpenFor(pointed, customerId, deps.clock()) ? pointed : undefined;
    },
  };
}

function requestOf(
  { guestCartId, strategy }: OpenInput,
  customerId: CustomerId | undefined,
  terms: Terms,
): OpenRequest {
  const { idempotencyKey, viewer, signal } = terms;
  const customer = customerId === undefined ? undefined : plainId(customerId);
  return { operation: 'openCart', args: { customer, guestCartId, strategy }, idempotencyKey, viewer, signal };
}

function customerOf(viewer: Viewer): CustomerId | undefined {
  return viewer.kind === 'customer' ? viewer.customerId : undefined;
}

/** A guest's cart: the one that is named, as long as it can be used, else a new one. */
async function openGuestCart(
  deps: OperationDependencies,
  { guestCartId, ...others }: OpenInput,
  terms: Terms,
): Promise<ChangeOutcome> {
  const { viewer, signal, idempotencyKey: key } = terms;
  if (key !== undefined) cartIdFromKey(key, undefined, 'idempotencyKey');
  if (guestCartId !== undefined) {
    const [named] = await deps.carts.load([guestCartId], { consistent: true, signal });
    if (named?.status === 'ACTIVE' && isLive(named, deps.clock()) && maySee(viewer, named))
      return found(named);
  }
  const id = key === undefined ? deps.newId() : openedCartId(key, undefined);
  const create = createCart(id, undefined, deps.currency, deps.clock());
  return changeCarts(deps, {
    ...requestOf({ guestCartId, ...others }, undefined, terms),
    targets: [{ id, field: 'idempotencyKey', create }],
    apply: (carts) => carts,
  });
}

/** @returns undefined when what was read is no longer so */
async function openOnce(
  deps: OperationDependencies,
  input: OpenInput,
  customerId: CustomerId,
  request: OpenRequest,
): Promise<ChangeOutcome | undefined> {
  const { idempotencyKey: key, viewer, signal } = request;
  const ownId = key === undefined ? undefined : openedCartId(key, customerId);
  const round = await readRound(deps, customerId, { ownId, guestCartId: input.guestCartId }, signal);
  const now = deps.clock();
  const replay = key === undefined ? undefined : findReplay(request, key, round, now);
  if (replay) return replay;
  const { pointed, guestCart } = round;
  const active = pointed && isOpenFor(pointed, customerId, now) ? pointed : undefined;
  const guests = guestCart && isOpenFor(guestCart, undefined, now) ? guestCart : undefined;
  const own = guestCart && isOpenFor(guestCart, customerId, now) ? guestCart : undefined;
  if (active && !(guests && canMerge(guests, active, viewer))) return found(active);
  const plan = active
    ? mergePlan(active, guests as Cart, input.strategy)
    : planWithPointer(deps, round, guests ?? own, ownId ?? deps.newId(), now);
  return attempt(deps, { ...request, ...plan });
}

/** Carts of two currencies, as there are where the deployment's was changed, cannot become one: the shopper gets the active one all the same. */
function canMerge(guests: Cart, active: Cart, viewer: Viewer): boolean {
  return guests.currency === active.currency && maySee(viewer, guests);
}

function found(cart: Cart): ChangeOutcome {
  return { carts: [cart], problems: [], replayed: false };
}

type Plan = Pick<ChangeRequest, 'targets' | 'apply'>;

function mergePlan(active: Cart, guestCart: Cart, strategy: MergeStrategy): Plan {
  return {
    targets: [
      { id: active.id, field: 'guestCartId' },
      { id: guestCart.id, field: 'guestCartId' },
    ],
    apply([target, source]) {
      const merged = mergeCarts(source as Cart, target as Cart, strategy);
      return [merged.target, merged.source];
    },
  };
}

/** Claims a cart, or makes a new one, together with the pointer to it: if that still points where it did. */
function planWithPointer(
  { currency }: OperationDependencies,
  { customerId, pointer }: Round,
  claimed: Cart | undefined,
  newId: CartId,
  now: number,
): Plan {
  const id = claimed?.id ?? newId;
  const cart: Target = claimed
    ? { id, field: 'guestCartId' }
    : { id, field: 'idempotencyKey', create: createCart(id, customerId, currency, now) };
  const create = createPointer(customerId, currency, now);
  return {
    targets: [cart, { id: create.id, field: 'idempotencyKey', create, internal: true }],
    apply([opened, current]) {
      if (current?.activeCartId !== pointer?.activeCartId) throw new PointerMoved();
      return [claimCart(opened as Cart, customerId), pointTo(current as Cart, id)];
    },
  };
}

async function attempt(
  deps: OperationDependencies,
  request: ChangeRequest,
): Promise<ChangeOutcome | undefined> {
  try {
    const outcome = await changeCarts(deps, request);
    if (outcome.problems.some(({ code }) => OVERTAKEN.has(code))) return undefined;
    const problems = outcome.problems.map((problem) => ({ ...problem, field: ['guestCartId'] }));
    return { ...outcome, problems, carts: outcome.carts.slice(0, 1) };
  } catch (error) {
    // A commit that nobody has answered was conditional on the pointer too: moved, it can no longer land, or is what moved it.
    const moved = error instanceof UnknownOutcome ? error.cause : error;
    if (moved instanceof PointerMoved) return undefined;
    throw error;
  }
}
