/** Several processes of the service on one database, with a proxy before each and one behind each, which lose what they are told to. */
import { sql } from 'kysely';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { findFreePort } from '../../../src/stores/embedded/free-port.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { startService, type ServiceProcess } from '../../process/service-process.ts';
import { createTables } from '../../../src/stores/dynamodb/create-tables.ts';
import { openDynamoDB as openClient, setUpTimeouts } from '../../../src/stores/dynamodb/open-dynamodb.ts';
import { migrate } from '../../../src/stores/postgres/migrate.ts';
import { openPostgres as openPool } from '../../../src/stores/postgres/postgres.ts';
import { createTestTables } from '../../support/dynamodb.ts';
import { openTestPostgres } from '../../support/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import type { StoreType } from '../../support/store-types.ts';
import { startOwnEngine, type OwnEngine } from './own-engine.ts';

/** Products on sale, from 1 on. */
export const PRODUCTS = 60;

/** Lost answers are waited for; for the rest a busy machine has time. */
export const TIMES = {
  REQUEST_TIMEOUT_MS: '8000',
  DATABASE_CONNECT_TIMEOUT_MS: '4000',
  DATABASE_STATEMENT_TIMEOUT_MS: '1500',
  DYNAMODB_CONNECT_TIMEOUT_MS: '4000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '1500',
};

export interface Member {
  /** Where clients ask: through `front`. */
  readonly url: string;
  /** Between clients and service. */
  readonly front: TcpProxy;
  /** Between service and database. */
  readonly back: TcpProxy;
  /** Ends it as a crash does, and starts it again, at the same port. Resolves when it listens. */
  crash(): Promise<void>;
}

export interface Cluster {
  readonly members: readonly [Member, Member];
  /** The database itself, past all proxies and processes. */
  readonly stores: Stores;
  /** Ends what sessions the database has, as an operator or a failover does; on DynamoDB, which has none, cuts all connections. */
  endSessions(): Promise<void>;
  /** Where it was asked for. */
  readonly engine: OwnEngine | undefined;
  close(): Promise<void>;
}

/** Milliseconds by which the clock of each process is wrong. */
const SKEWS = [600_000, -600_000];

/** A process whose clock is wrong from its start. */
const skewed = (milliseconds: number) =>
  `--import=data:text/javascript,const%20now=Date.now;Date.now=()=>now()+${milliseconds}`;

export interface Database {
  readonly address: string;
  /** What a service needs to find it at an address. */
  env(address: string): Record<string, string>;
  endSessions?(): Promise<void>;
  drop(): Promise<void>;
}

export interface ClusterOptions {
  /** What the processes get of the environment besides. */
  readonly env?: Record<string, string>;
  /** An engine that can be killed, and clocks that are wrong. */
  readonly hostile?: boolean;
}

/** Two processes. */
export async function openCluster(
  type: StoreType,
  { env = {}, hostile = false }: ClusterOptions = {},
): Promise<Cluster> {
  const engine = hostile ? await startOwnEngine(type) : undefined;
  const database = await (type === 'postgres' ? openPostgres(engine) : openDynamoDB(engine));
  const config = loadConfig({ CART_STORE_TYPE: type, ...database.env(database.address) });
  const stores = await openStores(config.store, {
    clock: Date.now,
    currency: config.currency,
    log: createLog('silent'),
  });
  await stores.catalog.upsert(demoCatalog(config.currency).slice(0, PRODUCTS));
  const start = (address: string, port: number, number: number) =>
    startMember({
      ...TIMES,
      ...(hostile && { NODE_OPTIONS: skewed(SKEWS[number] ?? 0) }),
      CART_STORE_TYPE: type,
      ...env,
      PORT: String(port),
      ...database.env(address),
    });
  const members = await Promise.all(
    [0, 1].map((number) => openMember(database.address, (address, port) => start(address, port, number))),
  );
  return {
    members: members.map(({ member }) => member) as [Member, Member],
    stores,
    engine,
    async endSessions() {
      if (database.endSessions) await database.endSessions();
      else for (const { member } of members) member.back.reset();
    },
    async close() {
      for (const { close } of members) await close();
      await stores.close();
      await database.drop();
      await engine?.close();
    },
  };
}

/** A start that a fault meets ends, and whoever looks after the processes starts it again. */
const MOST_STARTS = 30;
/** Milliseconds between two of them. */
const PAUSE = 300;

export async function startMember(env: Record<string, string>, starts = 1): Promise<ServiceProcess> {
  const service = startService(env);
  try {
    await service.listening;
    return service;
  } catch (error) {
    if (starts === MOST_STARTS) throw error;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return startMember(env, starts + 1);
  }
}

async function openMember(
  address: string,
  start: (address: string, port: number) => Promise<ServiceProcess>,
): Promise<{ member: Member; close: () => Promise<void> }> {
  const back = await startTcpProxy(address);
  const port = await findFreePort();
  let service = await start(back.url.replace(/\/$/, ''), port);
  const front = await startTcpProxy(`http://127.0.0.1:${port}`);
  const kill = async () => {
    service.child.kill('SIGKILL');
    await service.ended();
  };
  return {
    member: {
      url: front.url.replace(/\/$/, ''),
      front,
      back,
      async crash() {
        await kill();
        service = await start(back.url.replace(/\/$/, ''), port);
      },
    },
    async close() {
      await kill();
      front.close();
      back.close();
    },
  };
}

export async function openPostgres(engine?: OwnEngine): Promise<Database> {
  const { url, db, close } = engine
    ? { url: engine.address, ...(await openOwnDatabase(engine.address)) }
    : await openTestPostgres({ onError: () => undefined });
  return {
    address: url,
    env: (address) => ({ DATABASE_URL: address }),
    async endSessions() {
      // A server that is just being started again has none.
      const ended = sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
      await ended.catch(() => undefined);
    },
    drop: close,
  };
}

async function openOwnDatabase(connectionString: string) {
  const pool = openPool({ connectionString, onError: () => undefined });
  await migrate(pool.db);
  return pool;
}

export async function openDynamoDB(engine?: OwnEngine): Promise<Database> {
  const { endpoint, names, drop } = engine ? await createOwnTables(engine.address) : await createTestTables();
  return {
    address: endpoint,
    env: (address) => ({
      AWS_ENDPOINT_URL_DYNAMODB: address,
      AWS_REGION: 'local',
      DYNAMODB_TABLE_NAME: names.carts,
      DYNAMODB_CATALOGUE_TABLE: names.catalogue,
      DYNAMODB_READ_CONSISTENCY: 'strong',
    }),
    drop,
  };
}

async function createOwnTables(endpoint: string) {
  const client = openClient({ region: 'local', endpoint, ...setUpTimeouts });
  const names = { carts: 'carts', catalogue: 'catalogue' };
  await createTables(client, names);
  client.destroy();
  return { endpoint, names, drop: () => Promise.resolve() };
}
