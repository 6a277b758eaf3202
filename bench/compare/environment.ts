/** What the measurement ran on; recorded with every result. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import type { CpuPlan } from '../load/process-cpu.ts';

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
  try {
    const changed = git(
      'status',
      '--porcelain',
      '--untracked-files=no',
      '--',
      'src',
      'bench',
      'package-lock.json',
    );
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
