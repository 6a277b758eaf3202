/** The database user as whom the service logs in with IAM tokens on Amazon RDS. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { withoutTimeouts } from './without-timeouts.ts';

/** Who is in this role may log in with a token, and with nothing else. RDS makes it. */
const TOKEN_ROLE = 'rds_iam';

/** One migration at a time: two that grant at once would fail. Any number that nothing else in the database uses. */
const GRANT_LOCK = 7_229_114_807;

/**
 * What the service does to its tables, and no more. The migrations' table says whether the tables are up to date. The
 * sweeper's advisory lock and limits need no right; items go with their cart by the owner's right.
 */
const RIGHTS = {
  carts: 'select, insert, update, delete',
  cart_items: 'select, insert, update, delete',
  products: 'select, insert, update, delete',
  kysely_migration: 'select',
} as const;

/**
 * Makes the user when it is not there, lets it log in with tokens, and gives it the rights that the service uses: those, and
 * no others on these tables. All or nothing; may be repeated. The tables must be there, and belong to whoever asks.
 * @throws Error when the server has no role rds_iam, and when `name` is the user who asks: that one could then log in with a
 *   password no more
 */
export async function grantServiceUser(db: Database, name: string): Promise<void> {
  await withoutTimeouts(db, async (transaction) => {
    await sql`select pg_advisory_xact_lock(${GRANT_LOCK})`.execute(transaction);
    await makeUser(transaction, name);
    await grantRights(transaction, name);
  });
}

interface State {
  database: string;
  schema: string;
  owner: string;
  has_token_role: boolean;
  exists: boolean;
  may_log_in: boolean;
  has_tokens: boolean;
}

async function readState(db: Database, name: string): Promise<State> {
  const { rows } = await sql<State>`
    select current_database() as database, current_schema() as schema, current_user as owner,
      exists (select from pg_roles where rolname = ${TOKEN_ROLE}) as has_token_role,
      exists (select from pg_roles where rolname = ${name}) as exists,
      exists (select from pg_roles where rolname = ${name} and rolcanlogin) as may_log_in,
      exists (
        select from pg_auth_members
        where roleid = (select oid from pg_roles where rolname = ${TOKEN_ROLE})
          and member = (select oid from pg_roles where rolname = ${name})
      ) as has_tokens`.execute(db);
  return rows[0] as State;
}

async function makeUser(db: Database, name: string): Promise<void> {
  const { owner, has_token_role, exists, may_log_in, has_tokens } = await readState(db, name);
  if (name === owner) {
    throw new Error(`DATABASE_IAM_USER must be another user than ${owner}, as whom the migration logs in`);
  }
  if (!has_token_role) {
    throw new Error(
      `The user ${name} cannot log in with IAM tokens: the server has no role ${TOKEN_ROLE}. Amazon RDS has it; ` +
        'for a server elsewhere leave DATABASE_IAM_USER unset',
    );
  }
  const user = sql.id(name);
  if (!exists) await sql`create role ${user} login`.execute(db);
  else if (!may_log_in) await sql`alter role ${user} login`.execute(db);
  if (!has_tokens) await sql`grant ${sql.id(TOKEN_ROLE)} to ${user}`.execute(db);
}

async function grantRights(db: Database, name: string): Promise<void> {
  const { database, schema } = await readState(db, name);
  const user = sql.id(name);
  await sql`grant connect on database ${sql.id(database)} to ${user}`.execute(db);
  await sql`grant usage on schema ${sql.id(schema)} to ${user}`.execute(db);
  for (const [table, rights] of Object.entries(RIGHTS)) {
    const target = sql.id(schema, table);
    await sql`revoke all on ${target} from ${user}`.execute(db);
    await sql`grant ${sql.raw(rights)} on ${target} to ${user}`.execute(db);
  }
}
