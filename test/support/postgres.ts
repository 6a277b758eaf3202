/** Test databases with the service's tables. */
import { openPostgres, type Postgres, type PostgresOptions } from '../../src/stores/postgres/postgres.ts';
import { takeMigratedDatabase } from './test-database.ts';

export interface TestPostgres extends Postgres {
  readonly url: string;
  /** A further pool on the same database, as of another instance; closed with the first one. */
  another(options?: Partial<PostgresOptions>): Postgres;
}

/** A database of its own, empty, with the service's tables, whose `close` also drops it. An unexpected loss of a connection fails the test run. */
export async function openTestPostgres(options: Partial<PostgresOptions> = {}): Promise<TestPostgres> {
  const database = await takeMigratedDatabase();
  const opened: Postgres[] = [];
  const another = (more: Partial<PostgresOptions> = {}) => {
    const postgres = openPostgres({
      connectionString: database.url,
      // Patient, because many tests may share a slow machine.
      connectTimeout: 20_000,
      statementTimeout: 20_000,
      lockTimeout: 20_000,
      onError: (error) => {
        throw error;
      },
      ...more,
    });
    opened.push(postgres);
    return postgres;
  };
  const { db } = another(options);
  return {
    db,
    url: database.url,
    another,
    close: async () => {
      await Promise.all(opened.map((postgres) => postgres.close()));
      await database.drop();
    },
  };
}
