/** Carts and products in PostgreSQL, with all that they need. Loaded when PostgreSQL is chosen, and its driver with it. */
import { join } from 'node:path';
import { engineReports } from '../embedded/engine-reports.ts';
import { createUnreadableReporter } from '../report-unreadable.ts';
import type { OpenedStores, StoreSurroundings } from '../store.ts';
import { createPostgresCartCensus } from './cart-census.ts';
import { createPostgresCartStore } from './cart-store.ts';
import { createPostgresCartWalk } from './cart-walk.ts';
import { createPostgresCatalog } from './catalog.ts';
import type { Database } from './database.ts';
import { prepareLogin } from './login.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { grantServiceUser } from './service-user.ts';
import { startSweeper } from './sweeper.ts';
import { hostOf, readPostgresUrl } from './url.ts';
import type { PostgresConfig } from './variables.ts';

/** Milliseconds between two sweeps of expired carts. */
const SWEEP_INTERVAL = 60_000;

export async function openPostgresStores(
  config: PostgresConfig,
  surroundings: StoreSurroundings,
): Promise<OpenedStores> {
  const { clock, currency, log, sweeps = true, meter, metMarker } = surroundings;
  const { url, engine, db, close } = await connect(config, surroundings);
  try {
    await bringUpToDate(db, config, engine !== undefined);
  } catch (error) {
    await close();
    throw error;
  }
  const report = createUnreadableReporter(log);
  const catalog = createPostgresCatalog({ db, currency, report });
  const carts = createPostgresCartStore({ db, clock, report, metMarker });
  const sweeper = sweeps ? startSweeper({ db, clock, intervalMs: SWEEP_INTERVAL, log, meter }) : undefined;
  return {
    type: config.type,
    title: 'PostgreSQL',
    embedded: engine !== undefined,
    // Changes of one moment become one statement by themselves; of creations a transaction of 25 takes two thirds of the server's time.
    together: { changed: 1, made: 25 },
    // They would need columns.
    keepsUnknown: false,
    carts,
    walk: createPostgresCartWalk(db, clock),
    census: createPostgresCartCensus(db, clock),
    catalog,
    // It looks for all that the migrations make, the products' table too.
    ready: (options) => carts.ready(options),
    location: engine?.dataDir ?? withoutCredentials(url),
    environment: { DATABASE_URL: url },
    async close() {
      await sweeper?.stop();
      await close();
    },
  };
}

async function connect(config: PostgresConfig, surroundings: StoreSurroundings) {
  const { log, meter } = surroundings;
  const engine = config.url === undefined ? await startEngine(config, surroundings) : undefined;
  const url = config.url ?? engine?.url ?? '';
  const login = await prepareLogin(config);
  const { db, close } = openPostgres({
    ...config,
    ...login,
    meter,
    connectionString: url,
    onError: (error) => {
      log.warn({ err: error }, 'a database connection was lost while idle, or there was no password for one');
    },
    onNotice: (notice) => {
      log.warn(notice);
    },
  });
  return {
    url,
    engine,
    db,
    async close() {
      await close();
      await engine?.close();
    },
  };
}

async function startEngine({ dataDir }: PostgresConfig, surroundings: StoreSurroundings) {
  if (dataDir === undefined) throw new Error('DATABASE_URL must be set');
  const { startEmbeddedPostgres } = await import('../embedded/postgres.ts');
  return startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), ...engineReports(surroundings) });
}

async function bringUpToDate(
  db: Database,
  { migrateOnStart, iamUser }: PostgresConfig,
  embedded: boolean,
): Promise<void> {
  if (embedded || migrateOnStart) await migrate(db);
  if (migrateOnStart && iamUser !== undefined) await grantServiceUser(db, iamUser);
}

function withoutCredentials(address: string): string {
  const url = readPostgresUrl(address);
  return url ? `${url.protocol}//${hostOf(url)}${url.pathname}` : '';
}
