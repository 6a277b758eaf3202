/** How many carts PostgreSQL has: one pass through the table, which takes about a second for a million carts, or its statistics. */
import { sql } from 'kysely';
import type { Timestamp } from '../../cart/cart.ts';
import { SAMPLE, toCounts, type CartCensus, type Counted, type MarkerSample } from '../cart-census.ts';
import type { Database } from './database.ts';
import { withoutTimeouts } from './without-timeouts.ts';

export function createPostgresCartCensus(db: Database, clock: () => Timestamp): CartCensus {
  return {
    costly: false,
    async identity() {
      const query = sql<{ identity: string }>`
        select format('table %s (%s) of database %s (%s), system %s', 'carts'::regclass, 'carts'::regclass::oid,
          datname, oid, (select system_identifier from pg_control_system())) as identity
        from pg_database where datname = current_database()`;
      const { rows } = await query.execute(db);
      return rows[0]?.identity ?? '';
    },
    async estimate() {
      const query = sql<{ rows: number }>`
        select reltuples::float8 as rows from pg_class where oid = 'carts'::regclass`;
      const { rows } = await query.execute(db);
      const [{ rows: estimate } = { rows: -1 }] = rows;
      // Below 0 until the table is analysed for the first time.
      return estimate < 0 ? undefined : estimate;
    },
    async sampleMarkers() {
      const query = sql<MarkerSample>`
        select count(moved_status)::float8 as markers, count(*)::float8 as records
        from (select moved_status from carts order by cart_id limit ${SAMPLE}) as first`;
      return (await query.execute(db)).rows[0];
    },
    async count() {
      const query = sql<Counted>`
        select status, moved_status is not null as keeps, count(*)::float8 as count
        from carts where expires_at is null or expires_at > to_timestamp(${clock()}::float8 / 1000)
        group by 1, 2`;
      const { rows } = await withoutTimeouts(db, (transaction) => query.execute(transaction));
      return toCounts(rows);
    },
  };
}
