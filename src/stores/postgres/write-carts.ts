/** Writes of carts as the statements take them. */
import type { Signal } from '../../waiting/abortable.ts';
import type { Timestamp } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { isMarker } from '../../cart/moved.ts';
import { VersionConflict, type CartWrite } from '../cart-store.ts';
import * as statements from './cart-statements.ts';
import { changesOfItems, type ChangedItem } from './changed-items.ts';
import { cartColumns, columnsOf, itemColumns, parameterOf } from './columns.ts';
import type { Database } from './database.ts';
import { itemRowKey } from './item-row-key.ts';
import { run, type Parameter } from './statement.ts';

const ofCart = columnsOf(cartColumns);
const ofItem = columnsOf(itemColumns);

/** How a statement is sent: by `run` inside a transaction, by `runCommit` as a commit of its own. */
export type Send = typeof run;

/** A write of a cart that is there. */
export type CartUpdate = Required<CartWrite>;

/** Not the write of a cart over a marker: that one is made anew. */
export function isUpdate(write: CartWrite): write is CartUpdate {
  return write.before !== undefined && !isMarker(write.before);
}

/**
 * One statement for any number of different carts, none of which depends on another.
 * @returns the ids of those that were what `before` says, and are now what `after` says
 */
export async function updateCarts(
  db: Database,
  writes: readonly CartUpdate[],
  now: Timestamp,
  send: Send = run,
  signal?: Signal,
): Promise<Set<CartId>> {
  const values = { ...cartArguments(writes), ...itemArguments(writes), now };
  const rows = await send(db, statements.updateCarts, values, signal);
  return new Set(rows.map((row) => row.cart_id));
}

/** @throws VersionConflict when there is a cart with that id, or not the marker that `before` says */
export async function insertCart(
  db: Database,
  { before, after }: CartWrite,
  now: Timestamp,
  send: Send = run,
  signal?: Signal,
): Promise<void> {
  const values: Record<string, Parameter> = { now };
  for (const column of ofCart) values[column.name] = parameterOf(column, after[column.field]);
  if (before) {
    values['version_before'] = before.version;
    values['created_at_before'] = before.createdAt;
  }
  addItems(values, [{ id: after.id, changed: changesOfItems([], after).changed }]);
  const statement = before ? statements.replaceMarker : statements.insertCart;
  const written = await send(db, statement, values, signal);
  if (written.length === 0) throw new VersionConflict('refused');
}

/** All carts, column by column. The id and the time of creation are those that the cart must still have. */
function cartArguments(writes: readonly CartUpdate[]): statements.WriteArguments {
  const values: Record<string, Parameter> = { version_before: writes.map(({ before }) => before.version) };
  for (const column of ofCart) {
    const { field, name, fixed } = column;
    // With an expired cart's id a new one may have been made.
    values[name] = writes.map(({ before, after }) => parameterOf(column, (fixed ? before : after)[field]));
  }
  return values;
}

function itemArguments(writes: readonly CartUpdate[]): statements.WriteArguments {
  const changes = writes.map(({ before, after }) => ({
    id: after.id,
    ...changesOfItems(before.items, after),
  }));
  const values: Record<string, Parameter> = {
    'removed.cart_id': changes.flatMap(({ id, removed }) => removed.map(() => id)),
    'removed.item_key': changes.flatMap(({ removed }) => removed.map(itemRowKey)),
  };
  addItems(values, changes);
  return values;
}

/** The changed items of all carts, column by column. */
function addItems(
  values: Record<string, Parameter>,
  changes: readonly { readonly id: CartId; readonly changed: readonly ChangedItem[] }[],
): void {
  const all = changes.flatMap(({ changed }) => changed);
  values['item.cart_id'] = changes.flatMap(({ id, changed }) => changed.map(() => id));
  values['item.item_key'] = all.map(({ item }) => itemRowKey(item));
  values['item.position'] = all.map(({ position }) => position);
  for (const column of ofItem) {
    values[statements.itemArgument(column)] = all.map(({ item }) => parameterOf(column, item[column.field]));
  }
}
