/** Writes of carts as the statements take them. */
import type { Kysely } from 'kysely';
import type { Signal } from '../../waiting/abortable.ts';
import type { Cart, Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { VersionConflict, type CartWrite } from '../cart-store.ts';
import { changedItems, removedProducts } from './cart-row.ts';
import * as statements from './cart-statements.ts';
import type { Database } from './database.ts';
import { run } from './statement.ts';

/** How a statement is sent: by `run` inside a transaction, by `runCommit` as a commit of its own. */
export type Send = typeof run;

/** A write of a cart that is there. */
export type CartUpdate = Required<CartWrite>;

export function isUpdate(write: CartWrite): write is CartUpdate {
  return write.before !== undefined;
}

/**
 * One statement for any number of different carts, none of which depends on another.
 * @returns the ids of those that were what `before` says, and are now what `after` says
 */
export async function updateCarts(
  db: Kysely<Database>,
  writes: readonly CartUpdate[],
  now: Timestamp,
  send: Send = run,
  signal?: Signal,
): Promise<Set<CartId>> {
  const values = { ...cartColumns(writes), ...itemColumns(writes), now };
  const rows = await send(db, statements.updateCarts, values, signal);
  return new Set(rows.map((row) => row.cart_id));
}

/** @throws VersionConflict when there is a cart with that id */
export async function insertCart(
  db: Kysely<Database>,
  { after }: CartWrite,
  now: Timestamp,
  send: Send = run,
  signal?: Signal,
): Promise<void> {
  const values = { ...cartValues(after), ...changedItems([], after), currency: after.currency, now };
  const written = await send(db, statements.insertCart, values, signal);
  if (written.length === 0) throw new VersionConflict('refused');
}

function cartValues(cart: Cart): statements.CartValues {
  const { id, customerId, status, version, createdAt, updatedAt, expiresAt, changes } = cart;
  return {
    cartId: id,
    customerId: customerId ?? null,
    status,
    version,
    createdAt,
    updatedAt,
    expiresAt: expiresAt ?? null,
    orderId: cart.orderId ?? null,
    mergedIntoCartId: cart.mergedIntoCartId ?? null,
    changes,
  };
}

type Column = keyof statements.CartValues;

/** `createdAt` is the one that the cart must still have: with an expired cart's id a new one may have been made. */
function cartColumns(writes: readonly CartUpdate[]) {
  const rows = writes.map(({ after, before }) => ({ ...cartValues(after), createdAt: before.createdAt }));
  const column = <Name extends Column>(name: Name) => rows.map((row) => row[name]);
  return {
    cartId: column('cartId'),
    versionBefore: writes.map(({ before }) => before.version),
    createdAt: column('createdAt'),
    customerId: column('customerId'),
    status: column('status'),
    version: column('version'),
    updatedAt: column('updatedAt'),
    expiresAt: column('expiresAt'),
    orderId: column('orderId'),
    mergedIntoCartId: column('mergedIntoCartId'),
    changes: column('changes'),
  };
}

function itemColumns(writes: readonly CartUpdate[]) {
  const written = writes.map(({ before, after }) => changedItems(before.items, after));
  const removed = writes.map(({ before, after }) => removedProducts(before.items, after));
  const idsFor = (lists: readonly (readonly unknown[])[]) =>
    lists.flatMap((list, index) => list.map(() => (writes[index] as CartUpdate).after.id));
  return {
    itemCartIds: idsFor(written.map(({ productIds }) => productIds)),
    productIds: written.flatMap(({ productIds }) => productIds),
    positions: written.flatMap(({ positions }) => positions),
    productNames: written.flatMap(({ productNames }) => productNames),
    unitPrices: written.flatMap(({ unitPrices }) => unitPrices),
    quantities: written.flatMap(({ quantities }) => quantities),
    removedCartIds: idsFor(removed),
    removedProductIds: removed.flat(),
  };
}
