/** What an error says about the statement that was sent, and about the connection that it was sent on. */
import pg from 'pg';

/** A connection's own end, told as an error (08), and a statement of which the server itself does not know what became (40003). */
const UNCERTAIN = /^(08|40003)/;

/**
 * Whether the server has answered that it has not carried the statement out, and will not. Anything else leaves that open: an
 * end of the connection, silence, and errors of the session (FATAL), which may come after the work is done.
 */
export function isRefusal(error: unknown): error is pg.DatabaseError {
  return (
    error instanceof pg.DatabaseError && error.severity === 'ERROR' && !UNCERTAIN.test(error.code ?? '08')
  );
}

/** Serialization failure, deadlock, lock not available, unique violation: another commit came first. */
const CONFLICTS = new Set<unknown>(['40001', '40P01', '55P03', '23505']);

export function isConflict(error: unknown): boolean {
  return isRefusal(error) && CONFLICTS.has(error.code);
}

/**
 * Bad values, violated checks, lost races, waiting too long: errors of one statement, whatever connection it is sent on. The
 * list is of those rather than of the others: what is not known to leave a connection good may be the connection's own fault,
 * as when its server has become a read-only standby, and another one costs some milliseconds.
 */
const OF_THE_STATEMENT = /^(22|23|40|55P03|57014)/;

export function leavesConnectionGood(error: unknown): boolean {
  return isRefusal(error) && OF_THE_STATEMENT.test(error.code ?? '');
}

/** Statements prepared on the connection are not what they were, or not there: sent again, it is planned anew. */
const STALE = new Set<unknown>(['0A000', '26000', '42P05']);

/** Whether the error is that of a prepared statement that no longer fits; nothing was carried out. */
export function isStale(error: unknown): error is pg.DatabaseError {
  return isRefusal(error) && STALE.has(error.code);
}
