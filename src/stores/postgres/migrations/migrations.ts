/**
 * All migrations, in the order of their names. Imported rather than found in a folder, so that they are the same from
 * source and compiled. Once released a migration never changes; every version of the service must work on the next
 * one's tables, because both run during a deployment: all but 002, for which 0.1.0 is stopped.
 */
import type { Migration } from 'kysely';
import * as cartsAndProducts from './001-carts-and-products.ts';
import * as textIds from './002-text-ids.ts';
import * as moves from './003-moves.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '001-carts-and-products': cartsAndProducts,
  '002-text-ids': textIds,
  '003-moves': moves,
};

/** The name of the last one: tables that have it are up to date. */
export const latestMigration = Object.keys(migrations).sort().at(-1) as string;
