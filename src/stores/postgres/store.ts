/** PostgreSQL as one of the stores. */
import type { Store, StoreSurroundings } from '../store.ts';
import { advisePostgres } from './advise.ts';
import { configurePostgres, postgresProblems, postgresVariables, type PostgresConfig } from './variables.ts';

export const postgres = {
  variables: postgresVariables,
  problems: postgresProblems,
  configure: configurePostgres,
  open,
  async migrate(config, surroundings) {
    const stores = await open({ ...config, migrateOnStart: true }, { ...surroundings, sweeps: false });
    await stores.close();
    const user = config.iamUser === undefined ? '' : ` The user ${config.iamUser} may use them.`;
    return `The tables at ${stores.location} are up to date.${user}`;
  },
  advise: advisePostgres,
  addressOf: ({ url }) => url,
} satisfies Store<PostgresConfig>;

async function open(config: PostgresConfig, surroundings: StoreSurroundings) {
  const { openPostgresStores } = await import('./open.ts');
  return openPostgresStores(config, surroundings);
}
