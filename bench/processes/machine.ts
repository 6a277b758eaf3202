/** The machine: what it is, recorded with every result; CPU time and pinning of processes (Linux; elsewhere undefined or nothing). */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';

/** What `read` returns, or undefined where the platform does not tell. */
function ifTold<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function readCommit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const measured = ['src', 'bench', 'package-lock.json'];
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', ...measured);
  return git('rev-parse', '--short=12', 'HEAD').trim() + (changed === '' ? '' : '+changes');
}

const readSystem = () => /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];

export const readEnvironment = (pinning: CpuPlan | undefined) => ({
  /** The measured commit, with "+changes" when the work tree differed from it. */
  commit: ifTold(readCommit) ?? process.env['GIT_COMMIT'] ?? 'unknown',
  node: process.version,
  system: ifTold(readSystem) ?? type(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cpus: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  /** Load of the last minute before the start; well above 0: others used the machine. */
  loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  pinning: pinning ?? ('none' as const),
});
export type Environment = ReturnType<typeof readEnvironment>;

/** Linux counts process times in USER_HZ, 100 a second on every platform Node runs on. */
const TICKS_PER_SECOND = 100;

const readStat = (pid: number) =>
  ifTold(() => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything, so the fields are counted from its end: state is field 3.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (user: number) => (Number(fields[user]) + Number(fields[user + 1])) / TICKS_PER_SECOND;
    return { parent: Number(fields[1]), seconds: seconds(11), endedSeconds: seconds(13) };
  });

/** All processes below `pid`, itself not included. */
export function findDescendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const id of (ifTold(() => readdirSync('/proc')) ?? []).map(Number)) {
    const stat = Number.isInteger(id) ? readStat(id) : undefined;
    if (stat !== undefined) children.set(stat.parent, [...(children.get(stat.parent) ?? []), id]);
  }
  const below = (id: number): number[] => (children.get(id) ?? []).flatMap((one) => [one, ...below(one)]);
  return below(pid);
}

/**
 * CPU seconds (user and system) used so far by these processes.
 * @param ended whether children of theirs that have ended count too. For a whole family of processes they must: a backend
 *   that ends between two readings would otherwise take its time with it, and the difference could be below 0.
 */
export function readCpuSeconds(pids: readonly number[], { ended = false } = {}): number | undefined {
  const stats = pids.flatMap((pid) => readStat(pid) ?? []);
  if (stats.length === 0) return undefined;
  return stats.reduce((sum, stat) => sum + stat.seconds + (ended ? stat.endedSeconds : 0), 0);
}

/**
 * Which CPUs each party gets: the generator one of its own, the service one, the database engines the rest. Undefined where there
 * is only one CPU or no taskset: then nothing is pinned.
 */
export const planCpus = () =>
  ifTold(() => {
    const status = readFileSync('/proc/self/status', 'utf8');
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    const [generator, service, ...rest] = parseCpuList(
      /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '',
    );
    if (generator === undefined || service === undefined) return undefined;
    const engine = rest.length > 0 ? rest.join(',') : String(service);
    return { generator: String(generator), service: String(service), engine };
  });

export type CpuPlan = NonNullable<ReturnType<typeof planCpus>>;

/** "0-2,5" as [0, 1, 2, 5]. */
export const parseCpuList = (list: string): number[] =>
  list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });

/** Pins a process with all its threads; whether that worked. */
export const pinProcess = (pid: number, list: string): boolean =>
  ifTold(() => execFileSync('taskset', ['-acp', list, String(pid)], { stdio: 'ignore' })) !== undefined;
