import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './engine-orphans.ts';

export interface FolderLock {
  /** The folder with symbolic links resolved. */
  folder: string;
  /** 16 hex digits that stand for this folder on this machine, whatever path leads to it. */
  key: string;
  release: () => Promise<void>;
}

/**
 * Creates `folder` (mode 0700) when absent and takes it for this process alone. Throws an Error that names the owner's
 * process id when another process, or this one, holds it already.
 *
 * On Linux the lock is an abstract socket: the kernel frees it with the process, so it is never stale. Elsewhere it is
 * the file `owner.pid`, taken over when its process is gone. Neither reaches across containers that share the folder.
 */
export async function lockFolder(
  folder: string,
  kind: 'socket' | 'file' = process.platform === 'linux' ? 'socket' : 'file',
): Promise<FolderLock> {
  const resolved = await makeFolder(folder);
  const { dev, ino } = await stat(resolved, { bigint: true });
  const key = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16);
  const ownerFile = join(resolved, 'owner.pid');
  const unlock = kind === 'socket' ? await takeSocket(key) : await takeFile(ownerFile).catch(refuse(folder));
  if (!unlock) throw new Error(await describeOwner(resolved, ownerFile));
  if (kind === 'socket') {
    try {
      // An earlier owner may have had another user id: its file cannot be written, but can be replaced.
      await rm(ownerFile, { force: true });
      await writeFile(ownerFile, `${process.pid}\n`);
    } catch (error) {
      await unlock();
      refuse(folder)(error);
    }
  }
  const release = async (): Promise<void> => {
    await rm(ownerFile, { force: true });
    await unlock();
  };
  return { folder: resolved, key, release };
}

/** Creates it where it is not there, and returns it with symbolic links resolved. */
async function makeFolder(folder: string): Promise<string> {
  try {
    await makeWithParents(resolve(folder));
    return await realpath(folder);
  } catch (error) {
    return refuse(folder)(error);
  }
}

/** Node's own `recursive` never ends where a parent is there and takes no folders, as in /proc. */
async function makeWithParents(folder: string): Promise<void> {
  const make = async () => mkdir(folder, { mode: 0o700 }).catch(ignore('EEXIST'));
  try {
    await make();
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    await makeWithParents(parent);
    await make();
  }
}

function ignore(code: string): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== code) throw error;
  };
}

/** Throws what the system said, in terms of what to do about it. */
function refuse(folder: string): (error: unknown) => never {
  return (error) => {
    const { message } = error as NodeJS.ErrnoException;
    throw new Error(
      `The data folder ${resolve(folder)} cannot be written (${message}). ` +
        'Set DATA_DIR to a folder that this user may write, or name a database of your own.',
      { cause: error },
    );
  };
}

type Unlock = () => Promise<void>;

async function takeSocket(key: string): Promise<Unlock | undefined> {
  const server = createServer((socket) => socket.destroy());
  // Node versions differ in whether they pad the name with zeros to its 107 bytes; a name of that length is the same in all.
  server.listen({ path: `\0cartwright-${key}`.padEnd(108, '-'), exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return async () => {
    await new Promise((done) => server.close(done));
  };
}

async function takeFile(ownerFile: string): Promise<Unlock | undefined> {
  for (;;) {
    try {
      await writeFile(ownerFile, `${process.pid}\n`, { flag: 'wx' });
      return () => Promise.resolve();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readOwner(ownerFile);
    if (owner === undefined || isAlive(owner)) return undefined;
    await rm(ownerFile, { force: true });
  }
}

/** Waits up to a second for the number: the owner writes it just after it has taken the lock. */
async function readOwner(ownerFile: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const owner = Number.parseInt(await readFile(ownerFile, 'utf8').catch(() => ''), 10);
    if (owner > 0) return owner;
    await sleep(50);
  }
  return undefined;
}

async function describeOwner(folder: string, ownerFile: string): Promise<string> {
  const owner = await readOwner(ownerFile);
  const who =
    owner === undefined
      ? 'another process'
      : owner === process.pid
        ? `this process (${owner})`
        : `process ${owner}`;
  return `The data folder ${folder} is in use by ${who}. Stop it, or choose another folder.`;
}
