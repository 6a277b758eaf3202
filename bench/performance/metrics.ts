/** The service under measurement, and what it says of itself at /metrics. */
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import type { CpuPlan } from '../processes/machine.ts';
import { sumOf } from '../statistics.ts';
import { startMeasured } from './rounds.ts';
import { service, type Env } from './works.ts';

async function readMetrics(url: string) {
  const lines = (await (await fetch(url)).text()).split('\n');
  return {
    /** Of all lines of a metric, or of those that have these texts. */
    sum(name: string, ...having: readonly string[]): number {
      const named = lines.filter((line) => line.startsWith(name) && /[ {]/.test(line.charAt(name.length)));
      const wanted = named.filter((line) => having.every((text) => line.includes(text)));
      return sumOf(wanted, (line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
    },
  };
}
export type Metrics = Awaited<ReturnType<typeof readMetrics>>;

/** Starts the service; what `start` returns has its metrics besides. */
async function startMetered(env: Env, cpus: CpuPlan | undefined, nodeOptions: readonly string[]) {
  const port = String(await findFreePort());
  const program = { ...service({ ...env, METRICS_PORT: port }), nodeOptions };
  const started = await startMeasured(program, cpus?.service);
  return { ...started, metrics: () => readMetrics(`http://127.0.0.1:${port}/metrics`) };
}
export type MeteredService = Awaited<ReturnType<typeof startMetered>>;

/** A service of its own for as long as `run` takes. */
export async function withService<T>(
  env: Env,
  cpus: CpuPlan | undefined,
  run: (service: MeteredService) => Promise<T>,
  nodeOptions: readonly string[] = [],
): Promise<T> {
  const started = await startMetered(env, cpus, nodeOptions);
  return run(started).finally(started.stop);
}
