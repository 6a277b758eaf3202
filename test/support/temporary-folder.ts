import {
  accessSync,
  chmodSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Whether tests can have what they write in a folder: it has room, may be written to, and what lies there may be run, as a copy of
 * PostgreSQL's programs is. Containers often have a /dev/shm of which the last is not true.
 * @param least bytes that are to be free
 */
export function canHoldTests(folder: string, least: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= least && canRunFrom(folder);
  } catch {
    return false;
  }
}

function canRunFrom(folder: string): boolean {
  const trial = mkdtempSync(join(folder, 'cartwright-trial-'));
  try {
    const program = join(trial, 'program');
    writeFileSync(program, '', { mode: 0o700 });
    accessSync(program, constants.X_OK);
    return true;
  } finally {
    rmSync(trial, { recursive: true });
  }
}

/**
 * Then comes the process: of another container, which has another name, nobody here knows whether it lives. Not all of a long name, since
 * the path of a socket has 108 characters at most, and tsx has one below.
 */
const RUN = `cartwright-run-${hostname().slice(0, 20)}-`;

/**
 * A folder in another for all that one run writes, gone when this process exits. Of runs that a signal ended, which leave some hundred
 * megabytes, it removes what they left.
 */
export function openRunFolder(parent: string): string {
  for (const name of readdirSync(parent)) {
    if (name.startsWith(RUN) && !isAlive(parseInt(name.slice(RUN.length), 10))) tryRemove(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, `${RUN}${process.pid}-`));
  // As temporary folders are: engines of root's tests run as somebody else.
  chmodSync(folder, 0o1777);
  process.once('exit', () => {
    tryRemove(folder);
  });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What cannot be removed, since it is another user's or is still written to, is left to the next run. */
function tryRemove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Nobody waits for it.
  }
}
