import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** True while a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export interface RunningProcess {
  pid: number;
  /** Program and arguments, separated by spaces. */
  command: string;
}

/**
 * The running processes of `program`, a plain file name, whose command line contains `marker`. Programs that write their
 * own title, as PostgreSQL's children do (`postgres: …`), count too.
 */
export async function findProcesses(program: string, marker: string): Promise<RunningProcess[]> {
  const all = process.platform === 'linux' ? await readProc() : await readPs();
  // The program's path may contain spaces, and `ps` does not tell them from those between arguments.
  const runsProgram = new RegExp(`^(?:/.*/)?${program}(?:[: ]|$)`);
  return all.filter(({ command }) => runsProgram.test(command) && command.includes(marker));
}

/** From /proc, because small container images have no `ps`. A zombie has an empty command line and is left out. */
async function readProc(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map(async (pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids
    .map((pid, i) => ({ pid: Number(pid), command: (commands[i] ?? '').replaceAll('\0', ' ').trim() }))
    .filter(({ command }) => command !== '');
}

async function readPs(): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'pid=,command='], {
    maxBuffer: 2 ** 26,
  });
  return [...stdout.matchAll(/^ *(\d+) (.*)$/gm)].map(([, pid, command]) => ({
    pid: Number(pid),
    command: command ?? '',
  }));
}

export interface OrphanSearch {
  /** File name of the engine's program. */
  program: string;
  /** Part of the command line that only engines of this data folder have. */
  marker: string;
  /** Part of the command line that only the engine's first process has; that one is asked to stop first. */
  leader: string;
  /** The signals to try, the gentlest first; only the first goes to the leader alone. */
  signals: readonly NodeJS.Signals[];
  log: (line: string) => void;
}

/**
 * Stops what an earlier process of ours left running on this data folder. Call it only while holding the folder's lock.
 * Throws when a process survives all signals: then the data must not be opened again.
 */
export async function stopOrphans({ program, marker, leader, signals, log }: OrphanSearch): Promise<void> {
  let orphans = await findProcesses(program, marker);
  for (const [i, signal] of signals.entries()) {
    if (orphans.length === 0) return;
    const targets = i === 0 ? orphans.filter(({ command }) => command.includes(leader)) : orphans;
    for (const { pid } of targets) {
      log(`stopping ${program} ${pid}, left behind by an earlier process, with ${signal}`);
      signalQuietly(pid, signal);
    }
    const deadline = Date.now() + (i === 0 ? 10_000 : 3_000);
    while (orphans.length > 0 && Date.now() < deadline) {
      await sleep(20);
      orphans = await findProcesses(program, marker);
    }
  }
  if (orphans.length === 0) return;
  const pids = orphans.map(({ pid }) => pid).join(', ');
  throw new Error(
    `${program} (process ${pids}) still runs on this data folder and cannot be stopped. End it by hand.`,
  );
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, or not ours to signal: the search that follows tells which.
  }
}
