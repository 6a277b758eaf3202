/** Several statements that are carried out together or not at all. */
import { CompiledQuery } from 'kysely';
import type { Span } from '../../tracing/tracer.ts';
import type { Database } from './database.ts';
import { beginStatement } from './statement-span.ts';

/**
 * Kysely's own, of whose begin and end nobody hears; in a trace that is recorded they are statements like others.
 * @param span that of the request; nothing is told without one
 */
export async function inTransaction<Result>(
  db: Database,
  span: Span | undefined,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  if (!span) return db.transaction().execute(work);
  const begin = beginStatement(span, 'begin');
  const progress = { begun: false };
  try {
    return await db.connection().execute(async (connection) => {
      progress.begun = true;
      begin.sent();
      await begin.endWith(connection.executeQuery(CompiledQuery.raw('begin')));
      return await carryOut(connection, span, work);
    });
  } catch (error) {
    if (progress.begun) throw error;
    return begin.endWith(Promise.reject(error as Error));
  }
}

/** As Kysely does: what fails at its end is rolled back too, and a rollback that fails is what is told. */
async function carryOut<Result>(
  connection: Database,
  span: Span,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  const send = async (border: 'commit' | 'rollback'): Promise<void> => {
    const told = beginStatement(span, border);
    await told.endWith(connection.executeQuery(CompiledQuery.raw(border)));
  };
  try {
    const result = await work(connection);
    await send('commit');
    return result;
  } catch (error) {
    await send('rollback');
    throw error;
  }
}
