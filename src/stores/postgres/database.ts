/**
 * What statements run on: a pool or one connection. It knows no tables, because nothing is built from their types: the SQL is
 * written by hand, and what a row is in the program's terms stands in columns.ts.
 */
import type { Kysely } from 'kysely';

export type Database = Kysely<unknown>;
