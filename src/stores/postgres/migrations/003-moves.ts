/**
 * A cart counts how often it was handed over from one store to another, and what was handed over leaves a marker: status MOVED, the
 * version below 0, and the status and version of the cart that it keeps, if it keeps one (src/cart/moved.ts).
 *
 * Nothing is rewritten and no row is looked at, whatever the size of the table: columns without a default, and checks that are not
 * validated, since all rows that are there have passed narrower ones. It takes the lock on `carts` for which everybody stands back,
 * in short attempts, and holds it for some milliseconds.
 */
import { sql, type Kysely } from 'kysely';
import { lockExclusively } from './lock-exclusively.ts';

export async function up(db: Kysely<never>): Promise<void> {
  await lockExclusively(db, ['carts']);
  const parts = [
    ...['moves integer', 'moved_status text', 'moved_version integer'].map(
      (column) => `add column ${column}`,
    ),
    ...Object.entries(checks).flatMap(([name, check]) => [
      `drop constraint if exists carts_${name}_check`,
      `add constraint carts_${name}_check check (${check}) not valid`,
    ]),
  ];
  await sql`alter table carts ${sql.raw(parts.join(', '))}`.execute(db);
}

/** The status of the cart that a marker keeps counts as the row's own. A marker without a cart has nothing, and lasts as long as it shall. */
const kept = `coalesce(moved_status, status)`;
const ofCarts = `('ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED', 'POINTER')`;

const checks = {
  status: `status in ${ofCarts} or status = 'MOVED'`,
  version: `case status when 'MOVED' then version < 0 else version >= 1 end`,
  moves: `moves >= 1`,
  moved: `
    (moved_status is null) = (moved_version is null)
    and (moved_status is null or (status = 'MOVED' and moved_status in ${ofCarts} and moved_version >= 1))`,
  order: `(order_id is not null) = (${kept} = 'CHECKED_OUT')`,
  expiry: `${kept} = 'MOVED' or (expires_at is null) = (${kept} in ('CHECKED_OUT', 'POINTER'))`,
  merge: `(merged_into_cart_id is not null) = (${kept} = 'MERGED')`,
  pointer: `(active_cart_id is not null) = (${kept} = 'POINTER')`,
  tombstone: `${kept} not in ('DELETED', 'POINTER') or (customer_id is null and note is null and attributes is null)`,
};
