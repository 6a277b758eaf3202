/** The cart: a small immutable document. The functions that change it are its neighbours in this folder. */
import { CartError } from './cart-error.ts';
import { emptyChangeLog, recordChange, type Change, type ChangeLog } from './change-log.ts';
import type { Attributes } from './attributes.ts';
import type { CartId, CustomerId, ProductId } from './ids.ts';
import { checkText } from './input-checks.ts';
import type { CurrencyCode, Money } from './money.ts';

/**
 * DELETED is a tombstone: without items and customer, visible to nobody, kept until it expires. POINTER is no cart of anybody's, but
 * kept like one: it says which is a customer's active cart (active-cart.ts), is visible to nobody and never expires. MOVED is what a
 * store keeps of a cart that it has handed over to another store (moved.ts): visible to nobody, no cart to any rule.
 */
export const CART_STATUSES = ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED', 'POINTER', 'MOVED'] as const;

export type CartStatus = (typeof CART_STATUSES)[number];

const statuses = new Set<unknown>(CART_STATUSES);

export function isCartStatus(value: unknown): value is CartStatus {
  return statuses.has(value);
}

/** Statuses without an expiry. */
const ENDLESS: ReadonlySet<CartStatus> = new Set(['CHECKED_OUT', 'POINTER']);

/** Most items of one cart. */
export const MAX_ITEMS = 500;
/** Most of one item in one cart. */
export const MAX_QUANTITY = 9999;
/** Characters of the longest note. */
export const MAX_NOTE = 1000;

/**
 * What a store has found in a record and does not know, because a newer version of the service wrote it: kept as the store read
 * it, handed on by every rule with what it belongs to, and written back unchanged.
 */
export type UnknownFields = Readonly<Record<string, unknown>>;

/**
 * What a client says of an item, beside the product and how many. From the input to the item it is handed on whole, and all of it
 * is part of a change's fingerprint: a field is added here and nowhere else in the rules. Nothing said is absent, not undefined.
 */
export interface ItemChoices {
  /** Options, engraving, gift wrap; absent for none. */
  readonly attributes?: Attributes;
}

/** One of a cart's items: product and attributes together say which. */
export interface CartItem extends ItemChoices {
  readonly productId: ProductId;
  /** Name and price as they were when the product was added. */
  readonly productName: string;
  /** Minor units of the cart's currency. */
  readonly unitPrice: number;
  readonly quantity: number;
  readonly unknown?: UnknownFields;
}

/** Milliseconds since the Unix epoch. */
export type Timestamp = number;

export interface Cart {
  readonly id: CartId;
  /** Absent for a guest's cart. */
  readonly customerId?: CustomerId;
  readonly status: CartStatus;
  readonly currency: CurrencyCode;
  /** In the order in which they were first added. A change keeps that order and appends. */
  readonly items: readonly CartItem[];
  /** What the shopper wants to say: 1 to {@link MAX_NOTE} characters. */
  readonly note?: string;
  /** Whatever the shop keeps with the cart; absent for none. */
  readonly attributes?: Attributes;
  /** 1 when created, one more with every accepted change. Below 0 in what is MOVED, and there alone. */
  readonly version: number;
  readonly createdAt: Timestamp;
  readonly updatedAt: Timestamp;
  /** A whole second. From this moment on the cart does not exist. Absent once checked out, and in a pointer. */
  readonly expiresAt?: Timestamp;
  /** Present once checked out. */
  readonly orderId?: string;
  /** Present once merged into another cart. */
  readonly mergedIntoCartId?: CartId;
  /** Present in a pointer once there has been an active cart. */
  readonly activeCartId?: CartId;
  /** How often it was handed over from one store to another; absent for never. */
  readonly moves?: number;
  /** In what is MOVED: the status and the version of the cart that it keeps; absent where it keeps none. */
  readonly movedStatus?: CartStatus;
  readonly movedVersion?: number;
  /** The last changes, so that none happens twice. */
  readonly changes: ChangeLog;
  readonly unknown?: UnknownFields;
}

/** A cart not yet accepted: version 0, no changes, no expiry. {@link acceptChange} completes it. */
export function createCart(
  id: CartId,
  customerId: CustomerId | undefined,
  currency: CurrencyCode,
  now: Timestamp,
): Cart {
  return {
    id,
    ...(customerId !== undefined && { customerId }),
    status: 'ACTIVE',
    currency,
    items: [],
    version: 0,
    createdAt: now,
    updatedAt: now,
    changes: emptyChangeLog,
  };
}

/**
 * Completes a change: next version, time of update (which never goes back), new expiry (neither does it, where the service's time to
 * live was lowered: what is kept of the cart elsewhere must not outlive it), and the change remembered. Every accepted change passes
 * here exactly once.
 * @param changed the cart as a rule left it
 * @param ttl milliseconds from the last change to the expiry
 * @param change what to remember; absent for a merged cart, whose target remembers it
 */
export function acceptChange(changed: Cart, now: Timestamp, ttl: number, change?: Change): Cart {
  const version = changed.version + 1;
  const updatedAt = Math.max(now, changed.updatedAt);
  const { expiresAt: previous = 0, ...rest } = changed;
  return {
    ...rest,
    version,
    updatedAt,
    ...(!ENDLESS.has(changed.status) && {
      expiresAt: Math.max(previous, Math.floor((updatedAt + ttl) / 1000) * 1000),
    }),
    changes: change ? recordChange(changed.changes, change, version) : changed.changes,
  };
}

/**
 * Gives a guest's cart to a customer; for the cart's own customer nothing changes.
 * @throws CartError CART_ALREADY_CLAIMED when it has another customer
 */
export function claimCart(cart: Cart, customerId: CustomerId): Cart {
  if (cart.customerId !== undefined && cart.customerId !== customerId) {
    const message = 'The cart belongs to another customer already.';
    throw new CartError([{ code: 'CART_ALREADY_CLAIMED', message, field: ['customerId'] }]);
  }
  return { ...cart, customerId };
}

/** What a client says of a cart as a whole. Left out: stays as it is. Null, an empty text or list: nothing any more. */
export interface CartDetails {
  readonly note?: string | null | undefined;
  readonly attributes?: Attributes | null | undefined;
}

/** @throws InputError for a note that is too long or that no database can keep */
export function checkNote(note: string, argument: string): void {
  checkText(note, MAX_NOTE, argument);
}

/** Sets note and attributes. */
export function updateCart(cart: Cart, { note, attributes }: CartDetails): Cart {
  const { note: oldNote, attributes: oldAttributes, ...rest } = cart;
  const newNote = note === undefined ? oldNote : note;
  const newAttributes = attributes === undefined ? oldAttributes : attributes;
  return {
    ...rest,
    ...(newNote && { note: newNote }),
    ...(newAttributes && newAttributes.length > 0 && { attributes: newAttributes }),
  };
}

/** Makes the cart a tombstone: no items, no customer, nothing that was said of it, visible to nobody. */
export function deleteCart(cart: Cart): Cart {
  const { customerId: _, note: _note, attributes: _attributes, unknown: _unknown, ...rest } = cart;
  return { ...rest, status: 'DELETED', items: [] };
}

/** Whether the cart has not yet expired at `now`. */
export function isLive(cart: Cart, now: Timestamp): boolean {
  return cart.expiresAt === undefined || now < cart.expiresAt;
}

/** The sum of the quantities. */
export function itemCount(cart: Cart): number {
  return cart.items.reduce((sum, item) => sum + item.quantity, 0);
}

/** Price times quantity, in minor units. */
export function lineTotal(item: CartItem): number {
  return item.unitPrice * item.quantity;
}

/** The sum of the line totals. */
export function totalAmount(cart: Cart): Money {
  return { amount: cart.items.reduce((sum, item) => sum + lineTotal(item), 0), currency: cart.currency };
}
