/** Columns as they stand in SQL. Their names are the program's own, so nothing is quoted. */
import { sql, type RawBuilder } from 'kysely';
import { PARAMETER_TYPES, type Column } from './columns.ts';

type Sql = RawBuilder<unknown>;
type Named = Pick<Column, 'name'>;

/** Their names with commas between them. @param prefix `c.` for those of `c` */
export function namesOf(columns: readonly Named[], prefix = ''): Sql {
  return sql.raw(columns.map(({ name }) => `${prefix}${name}`).join(', '));
}

/** Assigns to each what was to be inserted: the `set` of an `on conflict do update`. */
export function setToExcluded(columns: readonly Named[]): Sql {
  return sql.raw(columns.map(({ name }) => `${name} = excluded.${name}`).join(', '));
}

/** Each column's values as one array, for `unnest`. @param values the parameter of a column */
export function arraysOf<Of extends Column>(columns: readonly Of[], values: (column: Of) => unknown): Sql {
  return sql.join(
    columns.map((column) => sql`${values(column)}::${sql.raw(PARAMETER_TYPES[column.kind])}[]`),
  );
}
