/** Carts in PostgreSQL. */
import type { Kysely } from 'kysely';
import pg from 'pg';
import { abortable } from '../../cart/abortable.ts';
import type { CartStatus, Timestamp } from '../../cart/cart.ts';
import { VersionConflict, type CartStore, type CartWrite } from '../../cart/cart-store.ts';
import { changedItems, removedProducts, toCart } from './cart-row.ts';
import { insertCart, listCarts, loadCarts, updateCart, type CartValues } from './cart-statements.ts';
import type { Database } from './database.ts';
import { checkMigrated } from './migrate.ts';
import { run } from './statement.ts';

export interface PostgresCartStoreOptions {
  readonly db: Kysely<Database>;
  /** The only source of time: the server's clock is never asked. */
  readonly clock: () => Timestamp;
}

/** Named one by one rather than left out: the planner then knows how many carts to expect, and reads the index. */
const ALL: readonly CartStatus[] = ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'];

/** Every load is consistent. Loading any number of carts is one statement, and so is committing one. */
export function createPostgresCartStore({ db, clock }: PostgresCartStoreOptions): CartStore {
  return {
    async load(ids, { includeExpired = false, signal } = {}) {
      signal?.throwIfAborted();
      if (ids.length === 0) return [];
      const now = includeExpired ? -Infinity : clock();
      const rows = await run(db, loadCarts, { cartIds: ids, now }, signal);
      const found = new Map(rows.map((row) => [row.cart_id, toCart(row)]));
      return ids.map((id) => found.get(id));
    },

    async commit(writes, { signal } = {}) {
      try {
        const [only] = writes;
        if (only && writes.length === 1) await writeCart(db, only, clock(), signal);
        else await abortable(writeCarts(db, writes, clock, signal), signal);
      } catch (error) {
        throw isConflict(error) ? new VersionConflict('refused', { cause: error }) : error;
      }
    },

    async listByCustomer(customerId, { first, after, status }, { signal } = {}) {
      const page = {
        customerId,
        statuses: status ? [status] : ALL,
        createdAt: after?.createdAt ?? Infinity,
        cartId: after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
        now: clock(),
        limit: first + 1,
      };
      const rows = await run(db, listCarts, page, signal);
      return { entries: rows.slice(0, first).map(toCart), hasNextPage: rows.length > first };
    },

    ready: ({ signal } = {}) => checkMigrated(db, signal),

    close: () => db.destroy(),
  };
}

/** All in one transaction and in the order of the ids, so that commits of the same carts cannot block each other. */
async function writeCarts(
  db: Kysely<Database>,
  writes: readonly CartWrite[],
  clock: () => Timestamp,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const ordered = [...writes].sort((a, b) => (a.after.id < b.after.id ? -1 : 1));
  await db.transaction().execute(async (transaction) => {
    for (const write of ordered) {
      signal?.throwIfAborted();
      await writeCart(transaction, write, clock());
    }
    signal?.throwIfAborted();
  });
}

async function writeCart(
  db: Kysely<Database>,
  { before, after }: CartWrite,
  now: Timestamp,
  signal?: AbortSignal,
): Promise<void> {
  const values: CartValues = {
    cartId: after.id,
    now,
    customerId: after.customerId ?? null,
    status: after.status,
    version: after.version,
    createdAt: after.createdAt,
    updatedAt: after.updatedAt,
    expiresAt: after.expiresAt ?? null,
    orderId: after.orderId ?? null,
    mergedIntoCartId: after.mergedIntoCartId ?? null,
    changes: after.changes,
    ...changedItems(before?.items ?? [], after),
  };
  const written = before
    ? await run(
        db,
        updateCart,
        {
          ...values,
          createdAt: before.createdAt,
          versionBefore: before.version,
          removedProductIds: removedProducts(before.items, after),
        },
        signal,
      )
    : await run(db, insertCart, { ...values, currency: after.currency }, signal);
  if (written.length === 0) throw new VersionConflict('refused');
}

/** Serialization failure, deadlock, lock not available, unique violation: another commit came first. */
const CONFLICTS = new Set<unknown>(['40001', '40P01', '55P03', '23505']);

function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && CONFLICTS.has(error.code);
}
