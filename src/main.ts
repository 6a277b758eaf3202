/** The process: configuration, stores, server; and an orderly end. */
import { createApp } from './app.ts';
import { describeFailure } from './process/describe-failure.ts';
import { createFaults } from './process/faults.ts';
import { createLog } from './process/log.ts';
import { makesKeys } from './config/auth.ts';
import { readConfig } from './process/read-config.ts';
import { OtherCurrency } from './stores/check-currency.ts';
import { openStores, type Stores } from './stores/open-stores.ts';
import { describeStart } from './process/start-up-notice.ts';
import { createProcessMetrics } from './process/start-metrics.ts';
import { startTracing } from './process/start-tracing.ts';
import { stopOnSignal } from './process/stop-on-signal.ts';
import { haveAllStarted, tellStart, watchStarts } from './process/worker-start.ts';
import {
  handedOver,
  isWorker,
  leaveWith,
  leaveWorkers,
  reportFailure,
  workerNumber,
} from './process/worker.ts';
import { startWorkers } from './process/workers.ts';

const config = readConfig();
const metrics = createProcessMetrics({
  port: config.metricsPort,
  host: config.host,
  isWorker,
  workers: config.workers,
  store: config.store.type,
  move: config.move && { to: config.move.to.type, phase: config.move.phase },
});
const { meter } = metrics;
const faults = createFaults(() => performance.now(), metrics.countFault);
const log = createLog(config.logLevel, undefined, faults, workerNumber);
const clock = Date.now;

/** Beside the log. In production a program reads all that is written, unless nothing is. */
const isForPeople = !config.production || config.logLevel === 'silent';

let isUp = false;

/** Milliseconds beyond the drain and the last request for letting go of the stores; embedded engines take the longest. */
const CLOSE_TIMEOUT = 15_000;

const stopping = stopOnSignal({
  longest: config.shutdownDelay + config.requestTimeout + CLOSE_TIMEOUT,
  log,
  fail,
});

if (config.auth.mode === 'none' && !isWorker) {
  log.warn('AUTH_MODE is none: whoever can reach this service can see and change every cart');
}

if (makesKeys(config.auth) && !isWorker) {
  log.warn(
    'AUTH_MODE is jwt without keys: tokens are signed with a secret for today, and the playground gives some to whoever asks',
  );
}

try {
  await run();
} catch (error) {
  fail(error);
}

async function run(): Promise<void> {
  const { currency } = config;
  const stores = await openStores(
    config.store,
    { clock, currency, log, meter, lost: fail },
    {
      pictures: config.playground && config.basePath,
      move: config.move,
      looksForMarkers: !isWorker,
      otherCurrency: tellOtherCurrency,
    },
  );
  const told = await metrics.start(log);
  const notReady = await findNotReady(stores);
  const serving = config.workers > 1 && !isWorker ? serveByWorkers(stores) : serve(stores);
  const { port, close } = await serving.catch(async (error: unknown) => {
    await stores.close();
    throw error;
  });
  stopping.started(() => close().finally(told.close));
  isUp = true;
  if (isWorker) {
    leaveWith(stopping);
    // Not waited for: it may take as long as the store is away.
    void tellStart(() => stores.ready({ signal: AbortSignal.timeout(config.requestTimeout) }));
    return;
  }
  const { host, workers, metricsPort } = config;
  const { type: store, location, move } = stores;
  log.info({ host, port, metricsPort, workers, store, ...(move && { move }), location }, 'listening');
  if (process.stdout.isTTY) console.log(describeStart(config, port, stores));
  if (notReady !== undefined && !stopping.begun) {
    const advice = describeFailure(notReady, config);
    log.warn({ err: notReady, advice }, 'not ready yet');
    if (isForPeople) console.error(`Not ready yet. ${advice}`);
  }
}

interface Service {
  readonly port: number;
  close(): Promise<void>;
}

async function serve(stores: Stores): Promise<Service> {
  const tracing = await startTracing(config.tracing, log, meter);
  const app = await createApp(config, stores, clock, log, meter, {
    tracer: tracing.tracer,
    haveOthersStarted: haveAllStarted,
  });
  let { port } = config;
  if (isWorker) app.takeFrom(handedOver);
  else ({ port } = await app.listen(port, config.host));
  return { port, close: () => app.close().finally(tracing.close).then(leaveWorkers) };
}

/** This process keeps the port, and the stores as long as there are workers: an embedded engine is its own. */
async function serveByWorkers(stores: Stores): Promise<Service> {
  const env = { ...stores.environment, MIGRATE_ON_START: 'false' };
  watchStarts(config.workers);
  const { workers: count, host, shutdownDelay } = config;
  const { port, close } = await startWorkers({ count, port: config.port, host, env, log, meter });
  return { port, close: () => close(shutdownDelay).then(() => stores.close()) };
}

/**
 * Why the stores cannot be used yet: a service that is up before its database or its tables waits for them.
 * @throws OtherCurrency, for which no waiting helps
 */
async function findNotReady(stores: Stores): Promise<unknown> {
  try {
    await stores.ready({ signal: AbortSignal.timeout(config.requestTimeout) });
    return undefined;
  } catch (error) {
    if (!(error instanceof OtherCurrency)) return error;
    await stores.close();
    throw error;
  }
}

/** When it was found at the start, the start has failed, and says so. */
function tellOtherCurrency({ message }: OtherCurrency): void {
  if (isUp && isForPeople) console.error(message);
}

function fail(error: unknown): void {
  const advice = describeFailure(error, config);
  log.fatal({ err: error, advice }, 'the service cannot go on');
  // The first process says it for all of its workers.
  if (!isWorker && isForPeople) console.error(advice);
  process.exitCode = 1;
  // Embedded engines end with the process; nothing may keep it alive now.
  setImmediate(() => {
    void reportFailure(error).finally(() => process.exit(1));
  });
}
