/** What an error says about the statement that was sent, and about the connection that it was sent on. */
import pg from 'pg';

/**
 * Errors that can end the session or the server (FATAL, PANIC), which may come after the work is done: the connection's own end
 * (08), transactions that took too long (25P03, 25P04), want of memory, disk or connections (53), a server that stops (57P), its
 * files (58), its configuration (F0) and itself (XX); and a statement of which the server does not know what became (40003).
 */
const UNCERTAIN = /^(08|25P0[34]|40003|53|57P|58|F0|XX)/;

/**
 * Whether the server has answered that it has not carried the statement out, and will not. Anything else leaves that open: an
 * end of the connection, silence, and what may have ended the session. The code alone tells: the severity that the driver
 * hands on is a word in the server's language, as messages are.
 */
export function isRefusal(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && !UNCERTAIN.test(error.code ?? '08');
}

/** Unique violation, deadlock: two statements met. Of this one nothing is written, and it may be sent again at once. */
const COLLISIONS = new Set<unknown>(['23505', '40P01']);

export function isCollision(error: unknown): boolean {
  return isRefusal(error) && COLLISIONS.has(error.code);
}

/** Serialization failure, lock not available, a collision: another commit came first. */
const CONFLICTS = new Set<unknown>(['40001', '55P03', ...COLLISIONS]);

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
