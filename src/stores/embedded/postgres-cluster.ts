import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcesses, isAlive } from './engine-orphans.ts';
import { spawnEngine } from './engine-process.ts';
import type { Account } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** The one role of the embedded server, and the name of its database. */
export const OWNER = 'cartwright';

/** Where things are in a data folder. The password lies beside the cluster because only the service reads it. */
export const clusterFolder = (dataDir: string): string => join(dataDir, 'cluster');
const passwordFile = (dataDir: string): string => join(dataDir, 'password');
const HALF_MADE = 'cluster-unfinished-';

export interface ClusterOptions {
  dataDir: string;
  binaries: PostgresBinaries;
  account: Account | undefined;
  durable: boolean;
  log: (line: string) => void;
}

/**
 * Makes sure that the data folder holds a cluster of this server's major version with no live server on it, and returns
 * the owner's password. A new cluster appears under its name only when it is complete.
 */
export async function prepareCluster(options: ClusterOptions): Promise<{ password: string }> {
  const { dataDir, binaries } = options;
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(HALF_MADE))
      await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const cluster = clusterFolder(dataDir);
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(ignoreMissing);
  if (version === undefined) await createCluster(options);
  else if (version.trim() !== binaries.majorVersion) {
    throw new Error(
      `The data folder ${dataDir} was made by PostgreSQL ${version.trim()}; the embedded server is PostgreSQL ` +
        `${binaries.majorVersion} and cannot read it. Delete the folder to start empty, choose another folder, or ` +
        `set DATABASE_URL to a PostgreSQL ${version.trim()} server that serves it.`,
    );
  } else await dropStalePidFile(cluster);
  const password = await readFile(passwordFile(dataDir), 'utf8').catch(ignoreMissing);
  if (!password) {
    throw new Error(
      `The password file ${passwordFile(dataDir)} is missing. Restore it, or delete ${dataDir} to start empty.`,
    );
  }
  return { password: password.trim() };
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function createCluster({ dataDir, binaries, account, durable, log }: ClusterOptions): Promise<void> {
  const cluster = clusterFolder(dataDir);
  if (await stat(cluster).catch(ignoreMissing)) {
    throw new Error(
      `${cluster} is not a PostgreSQL cluster: it has no PG_VERSION. Remove it, or choose another folder.`,
    );
  }
  await writePassword(passwordFile(dataDir), account);
  const unfinished = await mkdtemp(join(dataDir, HALF_MADE));
  if (account) await chown(unfinished, account.uid, account.gid);
  await openForChild(
    [unfinished, passwordFile(dataDir)],
    async ([folder = '', password = ''], descriptors) => {
      const initdb = spawnEngine({
        name: 'initdb',
        command: binaries.initdb,
        args: [
          ...['-D', folder, '-U', OWNER, `--pwfile=${password}`, '--auth=scram-sha-256', '--no-instructions'],
          // The built-in locale sorts alike on every system, whatever C library it has.
          ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
          ...['-c', 'dynamic_shared_memory_type=mmap', ...(durable ? [] : ['--no-sync'])],
        ],
        account,
        descriptors,
        signals: ['SIGKILL'],
        log,
      });
      const { code, summary } = await initdb.ended;
      if (code !== 0) throw new Error(`The new PostgreSQL cluster in ${dataDir} failed. ${summary}`);
    },
  );
  await rename(unfinished, cluster);
}

async function writePassword(file: string, account: Account | undefined): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  // initdb runs as the account and reads it once.
  if (account) await chown(file, account.uid, account.gid);
}

/**
 * Names for `paths` that a child under another account can open although it may not pass their parent folders: on Linux
 * the child gets them as open descriptors 3, 4 …; elsewhere the paths stand for themselves.
 */
export async function openForChild<T>(
  paths: readonly string[],
  use: (names: string[], descriptors: number[]) => Promise<T>,
): Promise<T> {
  if (process.platform !== 'linux') return use([...paths], []);
  const files = await Promise.all(paths.map(async (path) => open(path, 'r')));
  try {
    return await use(
      files.map((_, i) => `/proc/self/fd/${3 + i}`),
      files.map((file) => file.fd),
    );
  } finally {
    await Promise.all(files.map(async (file) => file.close()));
  }
}

/**
 * Removes the postmaster.pid of a server that is gone; PostgreSQL itself refuses to start when an unrelated process has
 * its number now, as happens in containers. Our own servers have been stopped before; a live one is someone else's.
 */
async function dropStalePidFile(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  if (pid > 0 && isAlive(pid) && (await runsOn(pid, cluster))) {
    throw new Error(
      `The data folder ${cluster} is in use by PostgreSQL process ${pid}, which this service did not start.`,
    );
  }
  await rm(file, { force: true });
}

/** A server's working directory is its data folder. Without /proc any PostgreSQL counts, to be on the safe side. */
async function runsOn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux')
    return (await findProcesses('postgres', '')).some((found) => found.pid === pid);
  const [cwd, folder] = await Promise.all([stat(`/proc/${pid}/cwd`).catch(() => undefined), stat(cluster)]);
  return cwd?.dev === folder.dev && cwd.ino === folder.ino;
}
