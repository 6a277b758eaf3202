/** How many processes share the work. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** @param given a number, or `auto`: as many as this process may use cores */
export function workerCount(given: number | 'auto'): number {
  return given === 'auto' ? Math.max(1, Math.min(availableParallelism(), quota() ?? Infinity)) : given;
}

/** Whole cores of the container's limit, which Node does not look at; undefined where there is none. */
function quota(): number | undefined {
  const [limit, period] = readCpuMax() ?? [];
  if (!limit || !period || !(limit > 0) || !(period > 0)) return undefined;
  return Math.floor(limit / period);
}

/** Microseconds of CPU time in each period of so many microseconds: cgroup version 2, then 1. */
function readCpuMax(): number[] | undefined {
  try {
    return readFileSync('/sys/fs/cgroup/cpu.max', 'utf8').trim().split(' ').map(Number);
  } catch {
    try {
      const read = (name: string) => Number(readFileSync(`/sys/fs/cgroup/cpu/cpu.cfs_${name}_us`, 'utf8'));
      return [read('quota'), read('period')];
    } catch {
      return undefined;
    }
  }
}
