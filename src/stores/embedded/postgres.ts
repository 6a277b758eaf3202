import pg from 'pg';
import { stopOrphans } from './engine-orphans.ts';
import { spawnEngine, type EngineProcess } from './engine-process.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { withFreePort } from './free-port.ts';
import { keepRunning, silentEvents, type EngineEvents } from './keep-running.ts';
import { chooseAccount } from './postgres-account.ts';
import { findNativeFolder, prepareBinaries } from './postgres-binaries.ts';
import {
  clusterFolder,
  openForChild,
  OWNER,
  prepareCluster,
  type ClusterOptions,
} from './postgres-cluster.ts';

export interface EmbeddedPostgresOptions {
  /** Folder for the data, created when absent (mode 0700) and used again at the next start. */
  dataDir: string;
  /** False switches off fsync and its like: faster, and a crash of the machine may lose everything. For tests. Default true. */
  durable?: boolean;
  /** Receives each line that PostgreSQL logs. */
  log?: (line: string) => void;
  /** Hears of a server that ends by itself, and is started again. */
  events?: EngineEvents;
}

export interface EmbeddedPostgres {
  /** `postgres://user:password@127.0.0.1:port/cartwright`; the user is a superuser. */
  url: string;
  /** The data folder with symbolic links resolved. */
  dataDir: string;
  /** Shuts the server down; all its connections end. Safe to call again. */
  close: () => Promise<void>;
}

/** Fast shutdown, immediate shutdown, and the last resort. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/**
 * Starts a real PostgreSQL server from an npm package, for development and tests, reachable on 127.0.0.1 only. It ends with
 * this process however that ends, and committed rows survive that. Throws an Error that says what to do when the data
 * folder is in use (naming the process) or of another major version, or when this platform has no such package.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const native = findNativeFolder();
  const lock = await lockFolder(options.dataDir);
  const undo: (() => Promise<void>)[] = [lock.release];
  try {
    return await startLocked(native, lock, options, undo);
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

/** Runs the steps, the last one added first, all of them even when one fails. */
async function unwind(steps: (() => Promise<void>)[]): Promise<void> {
  for (let step = steps.pop(); step; step = steps.pop()) await step().catch(() => undefined);
}

async function startLocked(
  native: string,
  lock: FolderLock,
  { durable = true, log = () => undefined, events = silentEvents }: EmbeddedPostgresOptions,
  undo: (() => Promise<void>)[],
): Promise<EmbeddedPostgres> {
  const dataDir = lock.folder;
  const clusterName = `cartwright-${lock.key}`;
  await stopLeftovers(clusterName, log);
  const account = await chooseAccount(clusterFolder(dataDir));
  const binaries = await prepareBinaries(native, account, lock.key);
  undo.push(binaries.remove);
  const cluster = { dataDir, binaries, account, durable, log };
  const { password } = await prepareCluster(cluster);
  const { server, port } = await withFreePort(async (port) => ({
    port,
    server: await startServer(cluster, clusterName, port),
  }));
  const restart = async (): Promise<EngineProcess> => {
    // Of a server that was killed its children are left, and its pid file.
    await stopLeftovers(clusterName, log);
    await prepareCluster(cluster);
    return startServer(cluster, clusterName, port);
  };
  const running = keepRunning({ name: 'The embedded PostgreSQL', engine: server, restart, events });
  undo.push(running.stop);
  await createDatabase(port, password, dataDir);
  let closing: Promise<void> | undefined;
  return {
    url: `postgres://${OWNER}:${password}@127.0.0.1:${port}/${OWNER}`,
    dataDir,
    close: () => (closing ??= unwind(undo)),
  };
}

async function stopLeftovers(clusterName: string, log: (line: string) => void): Promise<void> {
  await stopOrphans({
    program: 'postgres',
    marker: clusterName,
    leader: `cluster_name=${clusterName}`,
    signals: SIGNALS,
    log,
  });
}

async function startServer(
  { dataDir, binaries, account, durable, log }: ClusterOptions,
  clusterName: string,
  port: number,
): Promise<EngineProcess> {
  const settings = {
    cluster_name: clusterName,
    listen_addresses: '127.0.0.1',
    port,
    // A socket file would need a folder that the account may write to, with a short enough path.
    unix_socket_directories: '',
    // POSIX shared memory is 64 MB or absent in many containers.
    dynamic_shared_memory_type: 'mmap',
    max_connections: 200,
    logging_collector: 'off',
    log_destination: 'stderr',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return openForChild([clusterFolder(dataDir)], async ([folder = ''], descriptors) => {
    const server = spawnEngine({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: [
        '-D',
        folder,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      account,
      descriptors,
      signals: SIGNALS,
      log,
    });
    try {
      await server.waitForLine(/database system is ready to accept connections/);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  });
}

async function createDatabase(port: number, password: string, dataDir: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password,
    database: 'postgres',
    ssl: false,
  });
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
  } catch (error) {
    throw new Error(`The embedded PostgreSQL in ${dataDir} runs, but refuses its owner.`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}
