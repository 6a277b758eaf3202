/**
 * The one way to change a cart: load, apply a pure rule, commit on condition that nothing has changed meanwhile; on a
 * conflict again, until the request's time is over. Every change takes effect at most once, whatever gets lost.
 */
import { pause } from './abortable.ts';
import { CartError, type CartProblem } from './cart-error.ts';
import { acceptChange, isLive, type Cart, type Timestamp } from './cart.ts';
import type { CartQueue } from './cart-queue.ts';
import { VersionConflict, type CartStore, type CartWrite } from './cart-store.ts';
import {
  changeIdFromKey,
  equal,
  findFingerprint,
  fingerprintOf,
  mayHaveForgotten,
  type Change,
} from './change-log.ts';
import type { CartId } from './ids.ts';
import type { RecentCarts } from './recent-carts.ts';
import { maySee, type Viewer } from './viewer.ts';

/** What a change needs from the process. Clock, ids and jitter are parameters, so that histories replay exactly. */
export interface ChangeDependencies {
  readonly carts: CartStore;
  readonly queue: CartQueue;
  readonly clock: () => Timestamp;
  /** 16 random bytes. */
  readonly newChangeId: () => Uint8Array;
  /** A number from 0 to 1. */
  readonly jitter: () => number;
  /** Milliseconds from a cart's last change to its expiry. */
  readonly ttl: number;
  /** Absent: every change loads first. */
  readonly recent?: RecentCarts;
}

/** A cart to change. */
export interface Target {
  readonly id: CartId;
  /** Where the id stands in the operation's input. */
  readonly field: string;
  readonly expectedVersion?: number | undefined;
  /** Where the expected version stands in the operation's input. */
  readonly versionField?: string;
  /** The cart to begin with when there is none yet. */
  readonly create?: Cart;
}

export interface ChangeRequest {
  readonly operation: string;
  /** The operation's arguments without expected versions and key, always with the same keys in the same order. */
  readonly args: unknown;
  readonly idempotencyKey?: string | undefined;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  /** The first one remembers the change. */
  readonly targets: readonly [Target, ...Target[]];
  /** The rule: the carts in the targets' order, changed. May ask the catalogue; may run more than once. */
  readonly apply: (carts: readonly Cart[]) => readonly Cart[] | Promise<readonly Cart[]>;
}

export interface ChangeOutcome {
  /** The carts as they now stand, in the targets' order; undefined where the viewer sees none. */
  readonly carts: readonly (Cart | undefined)[];
  /** Empty when the change was made, now or by an earlier request with the same key. */
  readonly problems: readonly CartProblem[];
  /** The change had been made before. */
  readonly replayed: boolean;
}

/** The change may have been made or not: its answer was lost, and the cart has changed too often since to tell. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
  constructor() {
    super('It is not known whether the change was made; read the cart before trying again.');
  }
}

/** Longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 100;

/**
 * @throws UnknownOutcome when it cannot be known whether the change was made
 * @throws the signal's reason when the request's time is over
 */
export function changeCarts(deps: ChangeDependencies, request: ChangeRequest): Promise<ChangeOutcome> {
  const { operation, args, idempotencyKey, targets, signal } = request;
  const change: Change = {
    id: idempotencyKey === undefined ? deps.newChangeId() : changeIdFromKey(idempotencyKey),
    fingerprint: fingerprintOf(operation, args),
  };
  const ids = targets.map((target) => target.id);
  return deps.queue.run(ids, signal, () => attempt(deps, request, change));
}

/** @throws VersionConflict */
async function commit(
  { carts, recent }: ChangeDependencies,
  viewer: Viewer,
  signal: AbortSignal,
  writes: readonly CartWrite[],
): Promise<ChangeOutcome> {
  try {
    await carts.commit(writes, { signal });
  } catch (error) {
    for (const { after } of writes) recent?.forget(after.id);
    throw error;
  }
  for (const { after } of writes) {
    if (after.status === 'DELETED') recent?.forget(after.id);
    else recent?.remember(after);
  }
  return { carts: writes.map((write) => seen(viewer, write.after)), problems: [], replayed: false };
}

async function attempt(
  deps: ChangeDependencies,
  request: ChangeRequest,
  change: Change,
): Promise<ChangeOutcome> {
  const { viewer, signal } = request;
  /** The version that an attempt of unknown outcome would have made. */
  let uncertain: number | undefined;

  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    // Of these only a commit that lands counts, for its condition proves them current; a refusal or a replay may come of age.
    const recalled = tries === 0 ? recallTargets(deps, request) : undefined;
    const loaded = recalled ?? (await loadTargets(deps, request, tries));
    const visible = loaded.map((cart) =>
      cart && isLive(cart, deps.clock()) && maySee(viewer, cart) ? cart : undefined,
    );
    if (uncertain !== undefined) {
      const landed = hasLanded(loaded[0], change, uncertain);
      if (landed) return { carts: visible, problems: [], replayed: false };
      if (landed === false) uncertain = undefined;
    }
    try {
      if (wasMade(request, loaded, visible, change)) {
        if (recalled) continue;
        return { carts: visible, problems: [], replayed: true };
      }
      const writes = await planWrites(deps, request, visible, change);
      try {
        return await commit(deps, viewer, signal, writes);
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        if (error.outcome === 'unknown') uncertain ??= writes[0]?.after.version;
        if (recalled) {
          for (const { after } of writes) deps.recent?.distrust(after.id);
          continue;
        }
      }
    } catch (error) {
      if (!(error instanceof CartError)) throw error;
      if (recalled) continue;
      return { carts: visible, problems: error.problems, replayed: false };
    }
    await pause(Math.min(LONGEST_PAUSE, 2 ** tries) * deps.jitter(), signal);
  }
}

/** The targets as this process left them; undefined unless it remembers them all. */
function recallTargets({ recent }: ChangeDependencies, { targets }: ChangeRequest): Cart[] | undefined {
  const found = targets.flatMap(({ id }) => recent?.find(id) ?? []);
  return found.length === targets.length ? found : undefined;
}

/** A new cart under a fresh random id cannot be there: the first attempt saves asking. */
async function loadTargets(
  deps: ChangeDependencies,
  request: ChangeRequest,
  tries: number,
): Promise<(Cart | undefined)[]> {
  const creates = request.targets[0].create !== undefined;
  if (creates && request.idempotencyKey === undefined && tries === 0) return [undefined];
  return deps.carts.load(
    request.targets.map((target) => target.id),
    { consistent: true, includeExpired: creates, signal: request.signal },
  );
}

/**
 * Whether this request's own earlier attempt, which would have made `version`, landed after all; undefined while it may
 * still land, because the cart has not reached that version.
 */
function hasLanded(cart: Cart | undefined, change: Change, version: number): boolean | undefined {
  if (!cart || cart.version < version) return undefined;
  const fingerprint = findFingerprint(cart.changes, change.id);
  // Another fingerprint: somebody else used the same key meanwhile, and this attempt can no longer land.
  if (fingerprint) return equal(fingerprint, change.fingerprint);
  if (mayHaveForgotten(cart.changes, version)) throw new UnknownOutcome();
  return false;
}

/**
 * Whether an earlier request made this change.
 * @throws CartError CART_NOT_FOUND for carts the viewer may not see, IDEMPOTENCY_KEY_REUSED
 */
function wasMade(
  { targets, idempotencyKey }: ChangeRequest,
  loaded: readonly (Cart | undefined)[],
  visible: readonly (Cart | undefined)[],
  change: Change,
): boolean {
  targets.forEach(({ field, create }, index) => {
    const isNew = create && !loaded[index];
    if (!visible[index] && !isNew) {
      throw new CartError([{ code: 'CART_NOT_FOUND', message: 'There is no such cart.', field: [field] }]);
    }
  });
  const [cart] = visible;
  if (!cart || idempotencyKey === undefined) return false;
  const fingerprint = findFingerprint(cart.changes, change.id);
  if (fingerprint && !equal(fingerprint, change.fingerprint)) {
    const message = 'The idempotency key was used for another change of this cart.';
    throw new CartError([{ code: 'IDEMPOTENCY_KEY_REUSED', message, field: ['idempotencyKey'] }]);
  }
  // A cart at the id that a creation's key determines was created by that key, remembered still or not.
  return fingerprint !== undefined || targets[0].create !== undefined;
}

/** Checks status and version, applies the rule, and completes the carts. @throws CartError */
async function planWrites(
  deps: ChangeDependencies,
  { targets, apply }: ChangeRequest,
  visible: readonly (Cart | undefined)[],
  change: Change,
): Promise<CartWrite[]> {
  const current = targets.map((target, index) => (visible[index] ?? target.create) as Cart);
  current.forEach((cart, index) => {
    checkActive(cart, targets[index] as Target);
  });
  current.forEach((cart, index) => {
    checkVersion(cart, targets[index] as Target);
  });
  const changed = await apply(current);
  return changed.map((cart, index) => {
    const after = acceptChange(cart, deps.clock(), deps.ttl, index === 0 ? change : undefined);
    const before = visible[index];
    return before ? { before, after } : { after };
  });
}

function checkActive(cart: Cart, { field }: Target): void {
  if (cart.status === 'ACTIVE') return;
  const state = cart.status === 'CHECKED_OUT' ? 'checked out' : 'merged into another';
  const message = `The cart is ${state} and can no longer be changed.`;
  throw new CartError([{ code: 'CART_NOT_ACTIVE', message, field: [field] }]);
}

function checkVersion(cart: Cart, { expectedVersion, versionField = 'expectedVersion' }: Target): void {
  if (expectedVersion === undefined || expectedVersion === cart.version) return;
  const message = `The cart is at version ${cart.version}, not ${expectedVersion}.`;
  throw new CartError([
    { code: 'VERSION_CONFLICT', currentVersion: cart.version, message, field: [versionField] },
  ]);
}

function seen(viewer: Viewer, cart: Cart): Cart | undefined {
  return maySee(viewer, cart) ? cart : undefined;
}
