/** Carts in PostgreSQL. */
import { abortable, withSpan, type Signal } from '../../waiting/abortable.ts';
import { CART_STATUSES, type Cart, type CartStatus, type Timestamp } from '../../cart/cart.ts';
import { LATEST, type Page } from '../../cart/page.ts';
import { UncertainCommit, VersionConflict, type CartStore, type CartWrite } from '../cart-store.ts';
import { readableOf, type ReportUnreadable } from '../unreadable-record.ts';
import { isConflict, isRefusal } from './driver-errors.ts';
import { toCart, type CartRow } from './cart-row.ts';
import { listCarts, loadCarts } from './cart-statements.ts';
import { checkMigrated } from './check-tables.ts';
import type { Database } from './database.ts';
import { run, runCommit } from './statement.ts';
import { inTransaction } from './transaction.ts';
import { updateTogether } from './update-together.ts';
import { insertCart, isUpdate, updateCarts } from './write-carts.ts';

export interface PostgresCartStoreOptions {
  readonly db: Database;
  /** The only source of time: the server's clock is never asked. */
  readonly clock: () => Timestamp;
  readonly report?: ReportUnreadable;
  readonly metMarker?: (() => void) | undefined;
}

/** Every load is consistent. Loading any number of carts is one statement, and so is committing one. */
// eslint-disable-next-line max-lines-per-function -- the methods of one store, each short
export function createPostgresCartStore({
  db,
  clock,
  report = () => undefined,
  metMarker,
}: PostgresCartStoreOptions): CartStore {
  const update = updateTogether(db, clock);

  /** What was sent goes on to its end, whether or not anybody waits for it. */
  const write = (writes: readonly CartWrite[], signal: Signal | undefined): Promise<unknown> => {
    const [only] = writes;
    if (!only || writes.length > 1) return writeInOrder(db, writes, clock, signal);
    return isUpdate(only) ? update(only, signal) : insertCart(db, only, clock(), runCommit, signal);
  };

  return {
    async load(ids, { includeExpired = false, signal } = {}) {
      signal?.throwIfAborted();
      if (ids.length === 0) return [];
      const now = includeExpired ? -Infinity : clock();
      const rows = await run(db, loadCarts, { cartIds: ids, now }, signal);
      const found = new Map(rows.map((row) => [row.cart_id, toCart(row)]));
      if (metMarker && rows.some((row) => row.moved_status != null)) metMarker();
      return ids.map((id) => found.get(id));
    },

    async commit(writes, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        await abortable(write(writes, signal), signal);
      } catch (error) {
        throw isConflict(error) ? new VersionConflict('refused', { cause: error }) : error;
      }
    },

    async listByCustomer(customerId, { first, after, status }, { markers = false, signal } = {}) {
      const page = {
        customerId,
        // Named one by one rather than left out: the planner then knows how many carts to expect, and reads the index.
        statuses: statusesOf(status, markers),
        createdAt: after?.createdAt ?? Infinity,
        cartId: after?.id ?? LAST_ID,
        now: clock(),
        limit: first + 1,
      };
      const rows = await run(db, listCarts, page, signal);
      const shown = rows.slice(0, first);
      const entries = readableOf(shown, toCart, report);
      const last = entries.length < shown.length ? shown.at(-1) : undefined;
      return { entries, hasNextPage: rows.length > first, ...(last && resumeBehind(last)) };
    },

    ready: ({ signal } = {}) => checkMigrated(db, signal),

    close: () => db.destroy(),
  };
}

/** What is listed, unless what was handed over is asked for too. */
const STATUSES_OF_CARTS = CART_STATUSES.filter((status) => status !== 'MOVED');

function statusesOf(status: CartStatus | undefined, markers: boolean): readonly CartStatus[] {
  if (status === undefined) return markers ? CART_STATUSES : STATUSES_OF_CARTS;
  return markers ? [status, 'MOVED'] : [status];
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Where a page goes on behind a cart that is not shown: whose time no cursor can have, behind all of such times. */
function resumeBehind({ created_at, cart_id }: CartRow): Partial<Page<Cart>> {
  const createdAt = Math.min(Math.floor(created_at), LATEST);
  if (createdAt < 0) return { hasNextPage: false };
  return { resumeAfter: { createdAt, id: createdAt === created_at ? cart_id : LAST_ID } };
}

/** All in one transaction and in the order of the ids, so that commits of the same carts cannot block each other. */
async function writeInOrder(
  db: Database,
  writes: readonly CartWrite[],
  clock: () => Timestamp,
  signal: Signal | undefined,
): Promise<void> {
  const ordered = [...writes].sort((a, b) => (a.after.id < b.after.id ? -1 : 1));
  // What was begun in a transaction is waited for.
  const told = signal?.span && withSpan(undefined, signal.span);
  let committing = false;
  const transaction = inTransaction(db, signal?.span, async (transaction) => {
    for (const write of ordered) {
      signal?.throwIfAborted();
      if (!isUpdate(write)) await insertCart(transaction, write, clock(), run, told);
      else if ((await updateCarts(transaction, [write], clock(), run, told)).size === 0)
        throw new VersionConflict('refused');
    }
    signal?.throwIfAborted();
    committing = true;
  });
  await transaction.catch((error: unknown) => {
    throw committing && !isRefusal(error) ? new UncertainCommit(error) : error;
  });
}
