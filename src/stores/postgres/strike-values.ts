/** What PostgreSQL says of an error, without the values of the statement. */
import pg from 'pg';
import { withoutWords } from '../untold-values.ts';

/**
 * Classes of errors whose messages have none: they speak of the connection, of the session, or by name of what the migrations made
 * (`violates unique constraint "carts_pkey"`; the key stands in the detail, which no log has). Others quote them, as 22 does, `invalid
 * input syntax for type integer: "…"`, or say whatever somebody wrote, as P0 does, in which triggers raise.
 */
const WITHOUT_VALUES = /^(0[8A]|23|2[568]|3[DF]|4[02]|5[34578]|F0|XX)/;

/** Of an error of a statement with values. What is left names its place in PostgreSQL's program. */
export function strikeValues(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || WITHOUT_VALUES.test(error.code ?? '')) return;
  const place = error.routine === undefined ? '' : ` in ${error.routine}`;
  withoutWords(
    error,
    `what PostgreSQL says of ${error.code ?? 'this'}${place} may hold values, and is left out`,
  );
}
