/** The machine: what it is, recorded with every result, and how busy its cores are. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import type { CpuPlan } from './processes/cpus.ts';

export interface Environment {
  /** The measured commit, with "+changes" when the work tree differed from it. */
  readonly commit: string;
  readonly node: string;
  readonly system: string;
  readonly cpu: string;
  readonly cpus: number;
  readonly memoryGb: number;
  /** Load of the last minute before the start; well above 0: others used the machine. */
  readonly loadBefore: number;
  readonly pinning: CpuPlan | 'none';
  /** "real-time": generator, services and engines went before every other process. */
  readonly scheduling: 'real-time' | 'normal';
}

function readCommit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const measured = ['src', 'bench', 'package-lock.json'];
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', ...measured);
    return git('rev-parse', '--short=12', 'HEAD').trim() + (changed === '' ? '' : '+changes');
  } catch {
    return process.env['GIT_COMMIT'] ?? 'unknown';
  }
}

function readSystem(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return type();
  }
}

export function readEnvironment(pinning: CpuPlan | undefined, realTime: boolean): Environment {
  return {
    commit: readCommit(),
    node: process.version,
    system: readSystem(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    pinning: pinning ?? 'none',
    scheduling: realTime ? 'real-time' : 'normal',
  };
}

export interface CoreTimes {
  readonly busy: number;
  readonly total: number;
}

/** Ticks of one core since the machine started, whoever used them; undefined where /proc does not tell. */
export function readCore(core: string): CoreTimes | undefined {
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
export function busyShare(before: CoreTimes | undefined, after: CoreTimes | undefined): number | undefined {
  return before && after && after.total > before.total
    ? (after.busy - before.busy) / (after.total - before.total)
    : undefined;
}
