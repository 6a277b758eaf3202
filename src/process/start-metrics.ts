/** The metrics of the process, where somebody is to look at them. */
import { listenForMetrics, type MetricsListener } from '../metrics/listen.ts';
import { noMeter, perValue, type Meter } from '../metrics/meter.ts';
import { observeProcess, type Move } from '../metrics/observe-process.ts';
import { createRegistry, type Registry } from '../metrics/registry.ts';
import type { Log } from './log.ts';
import { answerCollections, createWorkerMetrics } from './worker-metrics.ts';

export interface ProcessMetrics {
  readonly meter: Meter;
  /** Counts a fault by its kind. */
  readonly countFault: (kind: string) => void;
  /** Begins to tell: on the port, or as a worker to the first process. Without its port the service goes on, and says so. */
  start(log: Log): Promise<{ close(): Promise<void> }>;
}

export interface ProcessMetricsOptions {
  /** Undefined for none: then nothing is measured. */
  readonly port: number | undefined;
  readonly host: string;
  readonly isWorker: boolean;
  /** Processes that share the work. */
  readonly workers: number;
  /** Which kind of store is used. */
  readonly store: string;
  /** Where its carts move. */
  readonly move?: Move | undefined;
}

const nothing = { close: () => Promise.resolve() };

export function createProcessMetrics(options: ProcessMetricsOptions): ProcessMetrics {
  const { port, isWorker, store, move } = options;
  if (port === undefined) {
    return { meter: noMeter, countFault: () => undefined, start: () => Promise.resolve(nothing) };
  }
  const registry = createRegistry();
  observeProcess(registry, store, move);
  const faults = perValue((kind) =>
    registry.counter('cartwright_faults_total', 'Faults of the service, by the error and its code.', {
      kind,
    }),
  );
  return {
    meter: registry,
    countFault(kind) {
      faults(kind).add();
    },
    async start(log) {
      if (!isWorker) return listen(registry, { ...options, port }, log);
      answerCollections(registry);
      return nothing;
    },
  };
}

async function listen(
  registry: Registry,
  { port, host, workers }: ProcessMetricsOptions & { readonly port: number },
  log: Log,
): Promise<MetricsListener | typeof nothing> {
  const collect = workers > 1 ? createWorkerMetrics(registry) : registry.snapshot;
  try {
    return await listenForMetrics({ port, host, collect });
  } catch (error) {
    const advice = `nobody can read metrics: cannot listen on METRICS_PORT ${port}; set it to another one, or to 0 for none`;
    log.error({ err: error }, advice);
    return nothing;
  }
}
