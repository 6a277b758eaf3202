/** The machine: which cores there are, who runs on them, how busy they are. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** The service has one core to itself; the load, the database and everything else share the other. */
export interface Cores {
  readonly service: number;
  readonly others: number;
}

/** Pins this process, and so the engines it starts later. Undefined, and nothing pinned, without taskset or a second core. */
export function pinCores(): Cores | undefined {
  if (process.platform !== 'linux' || availableParallelism() < 2) return undefined;
  const cores = { service: 0, others: 1 };
  try {
    execFileSync('taskset', ['-acp', String(cores.others), String(process.pid)], { stdio: 'ignore' });
    return cores;
  } catch {
    return undefined;
  }
}

export interface CoreTimes {
  readonly busy: number;
  readonly total: number;
}

/** Ticks of one core since the machine started, whoever used them; undefined where /proc does not tell. */
export function readCore(core: number): CoreTimes | undefined {
  try {
    const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
    const ticks = line.trim().split(/\s+/).slice(0, 8).map(Number);
    const total = ticks.reduce((sum, value) => sum + value, 0);
    return { busy: total - (ticks[3] ?? 0) - (ticks[4] ?? 0), total };
  } catch {
    return undefined;
  }
}

/** 0 to 1. */
export function share(before: CoreTimes | undefined, after: CoreTimes | undefined): number | undefined {
  return before && after && after.total > before.total
    ? (after.busy - before.busy) / (after.total - before.total)
    : undefined;
}

export function describeMachine(): object {
  const [cpu] = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpu?.model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    commit: git(['rev-parse', 'HEAD']),
    uncommittedChanges: git(['status', '--porcelain', '--', 'src']) !== '',
  };
}

function git(args: readonly string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
