/**
 * Fixed SQL. A statement is written as a Kysely template, compiled once when its module is loaded, and prepared under
 * its name on each connection that runs it: building and planning a query anew costs more than half of its time.
 */
import { createHash } from 'node:crypto';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type QueryResult,
  type RawBuilder,
} from 'kysely';
import { OTHER } from '../../metrics/meter.ts';
import { abortable, type Signal } from '../../waiting/abortable.ts';
import { UncertainCommit } from '../cart-store.ts';
import { isRefusal } from './driver-errors.ts';
import { beginStatement } from './statement-span.ts';
import type { Database } from './database.ts';

/** What the driver sends as a parameter. */
export type Parameter = Scalar | readonly Scalar[];
type Scalar = string | number | boolean | null | Uint8Array;

export interface Statement<Args, Row> {
  bind(args: Args): CompiledQuery<Row>;
}

/** Compiles and never connects. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** What the pool knows of a statement by its SQL. */
export interface KnownStatement {
  readonly name: string;
  /** Its name without the hash. */
  readonly label: string;
  /** Whether it may take longer than a request's time, as nobody waits for it. */
  readonly patient: boolean;
}

const known = new Map<string, KnownStatement>();

/**
 * @param name unique among all statements; the database's logs and views show it, with a hash of the SQL: behind a pooler that
 *   is shared with another version of this program, one name must not be two statements
 * @param build returns the SQL, in which `arg('key')` stands for the argument of that name. Every occurrence is a
 *   parameter of its own, and needs a cast wherever PostgreSQL cannot infer its type
 */
export function defineStatement<Args extends { readonly [Key in keyof Args]: Parameter }, Row>(
  name: string,
  build: (arg: (key: keyof Args & string) => string) => RawBuilder<Row>,
  { patient = false }: { readonly patient?: boolean } = {},
): Statement<Args, Row> {
  const compiled = build((key) => key).compile(compiler);
  const keys = compiled.parameters as readonly (keyof Args)[];
  const hash = createHash('sha256').update(compiled.sql).digest('hex').slice(0, 8);
  known.set(compiled.sql, { name: `${name}_${hash}`, label: name, patient });
  return { bind: (args) => ({ ...compiled, parameters: keys.map((key) => args[key]) }) };
}

/** The statement with this SQL; undefined for SQL that is made up as it is needed. */
export function findStatement(text: string): KnownStatement | undefined {
  return known.get(text);
}

/**
 * Runs a statement and returns its rows. It is not sent once `signal` is aborted, not even when it waited for a
 * connection until then; a statement that was sent runs to its end.
 * @throws the signal's reason when it is aborted
 */
export async function run<Args, Row>(
  db: Database,
  statement: Statement<Args, Row>,
  args: Args,
  signal?: Signal,
): Promise<Row[]> {
  return (await abortable(send(db, statement, args, signal), signal)).rows;
}

/**
 * Like {@link run}, for a statement that is a whole commit: once it was sent, only the server's answer tells what became of it, and
 * it is waited for. Whose time is over leaves at the store's door.
 * @throws UncertainCommit when it was sent and not answered
 */
export async function runCommit<Args, Row>(
  db: Database,
  statement: Statement<Args, Row>,
  args: Args,
  signal?: Signal,
): Promise<Row[]> {
  const progress = { sent: false };
  try {
    return (await send(db, statement, args, signal, progress)).rows;
  } catch (error) {
    throw progress.sent && !isRefusal(error) ? new UncertainCommit(error) : error;
  }
}

/** @param progress is told when the statement is sent */
function send<Args, Row>(
  db: Database,
  statement: Statement<Args, Row>,
  args: Args,
  signal: Signal | undefined,
  progress: { sent: boolean } = { sent: false },
): Promise<QueryResult<Row>> {
  signal?.throwIfAborted();
  const query = statement.bind(args);
  const span = signal?.span && beginStatement(signal.span, findStatement(query.sql)?.label ?? OTHER);
  // Not `db.connection()`, which makes a Kysely of its own for every query: some 4 % of a request.
  const result = db.getExecutor().provideConnection((connection) => {
    signal?.throwIfAborted();
    progress.sent = true;
    span?.sent();
    return connection.executeQuery<Row>(query);
  });
  return span ? span.endWith(result) : result;
}
