/** The service from its sources, with nothing of the shell's settings. */
import { findDescendants, makeRealTime, pinProcess, REAL_TIME, type CpuPlan } from './cpus.ts';
import { launch, type RunningProgram } from './launch.ts';
import { inheritedEnvironment } from './service-environment.ts';

export interface ServiceOptions {
  /** Configuration of the service beside PORT and HOST. */
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Where the service and its engines may run; undefined pins nothing. */
  readonly cpus?: CpuPlan | undefined;
  /** Whether they get real-time scheduling, once they are ready. */
  readonly realTime?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export async function startService(options: ServiceOptions): Promise<RunningProgram> {
  const { env, logFile, cpus, realTime = false, signal } = options;
  const service = await launch({
    name: 'the service',
    node: ['--import', 'tsx', 'src/main.ts'],
    env: { ...inheritedEnvironment(process.env, env), LOG_LEVEL: 'warn', PLAYGROUND: 'false', ...env },
    readyPath: '/health',
    logFile,
    cpus: cpus?.service,
    signal,
  });
  const engines = findDescendants(service.pid);
  if (cpus !== undefined) for (const engine of engines) pinProcess(engine, cpus.engine);
  if (realTime) for (const id of [...engines, service.pid]) makeRealTime(id, REAL_TIME.service);
  return service;
}
