/** What a measured service says of itself at /metrics. */
import { findFreePort } from '../../src/stores/embedded/free-port.ts';
import type { MeasuredProgram } from './works.ts';

/** The program, with its metrics at `url`. */
export async function withMetrics({ env, ...program }: MeasuredProgram) {
  const port = String(await findFreePort());
  return {
    program: { ...program, env: { ...env, METRICS_PORT: port } },
    url: `http://127.0.0.1:${port}/metrics`,
  };
}

export interface Metrics {
  /** Of all lines of a metric, or of those that have these texts. */
  sum(name: string, ...having: readonly string[]): number;
}

export async function readMetrics(url: string): Promise<Metrics> {
  const lines = (await (await fetch(url)).text()).split('\n');
  return {
    sum: (name, ...having) =>
      lines
        .filter(
          (line) =>
            line.startsWith(name) &&
            /[ {]/.test(line.charAt(name.length)) &&
            having.every((text) => line.includes(text)),
        )
        .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0),
  };
}
