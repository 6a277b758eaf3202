/** CPU time, pinning and scheduling of processes on Linux (/proc, taskset, chrt); elsewhere undefined or false. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Linux counts process times in USER_HZ, 100 a second on every platform Node runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessStat {
  readonly parent: number;
  readonly seconds: number;
  /** Of its children that have ended. */
  readonly endedSeconds: number;
}

function readStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything, so the fields are counted from its end: state is field 3.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (user: number) => (Number(fields[user]) + Number(fields[user + 1])) / TICKS_PER_SECOND;
    return { parent: Number(fields[1]), seconds: seconds(11), endedSeconds: seconds(13) };
  } catch {
    return undefined;
  }
}

/** All processes below `pid`, itself not included. */
export function findDescendants(pid: number): number[] {
  if (process.platform !== 'linux') return [];
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const id = Number(entry);
    const stat = Number.isInteger(id) ? readStat(id) : undefined;
    if (stat !== undefined) children.set(stat.parent, [...(children.get(stat.parent) ?? []), id]);
  }
  const found: number[] = [];
  for (let queue = [pid]; queue.length > 0;) {
    const below = queue.flatMap((id) => children.get(id) ?? []);
    found.push(...below);
    queue = below;
  }
  return found;
}

/**
 * CPU seconds (user and system) used so far by these processes; undefined where /proc is not to be had.
 * @param ended whether children of theirs that have ended count too. For a whole family of processes they must: a backend
 *   that ends between two readings would otherwise take its time with it, and the difference could be below 0.
 */
export function readCpuSeconds(pids: readonly number[], { ended = false } = {}): number | undefined {
  const stats = pids.map(readStat);
  if (stats.every((stat) => stat === undefined)) return undefined;
  return stats.reduce((sum, stat) => sum + (stat?.seconds ?? 0) + (ended ? (stat?.endedSeconds ?? 0) : 0), 0);
}

/** Which CPUs each party gets: the generator one of its own, the service one, the database engines the rest. */
export interface CpuPlan {
  readonly generator: string;
  readonly service: string;
  readonly engine: string;
}

/** Undefined where there is only one CPU or no taskset: then nothing is pinned. */
export function planCpus(): CpuPlan | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const allowed = parseCpuList(
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '',
    );
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    const [generator, service, ...rest] = allowed;
    if (generator === undefined || service === undefined || availableParallelism() < 2) return undefined;
    const engine = rest.length > 0 ? rest.join(',') : String(service);
    return { generator: String(generator), service: String(service), engine };
  } catch {
    return undefined;
  }
}

/** "0-2,5" as [0, 1, 2, 5]. */
export function parseCpuList(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    if (first === undefined || last === undefined || Number.isNaN(first)) return [];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Pins a process with all its threads; whether that worked. */
export function pinProcess(pid: number, cpus: string): boolean {
  try {
    execFileSync('taskset', ['-acp', cpus, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Priorities of real-time scheduling: the generator goes before the service, both before everything ordinary. */
export const REAL_TIME = { generator: 10, service: 5 } as const;

/**
 * Puts a process with all its threads under round-robin real-time scheduling (it takes root and chrt); whether it worked.
 * Whoever has to wait for a CPU behind a stranger is late for a reason that is not measured here. Its later children
 * inherit it; the kernel keeps 5 % of each CPU for everyone else.
 */
export function makeRealTime(pid: number, priority: number): boolean {
  try {
    execFileSync('chrt', ['-a', '--rr', '-p', String(priority), String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
