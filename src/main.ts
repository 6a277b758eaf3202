/** The process: configuration, stores, server; and an orderly end. */
import { createApp } from './app.ts';
import { ConfigError, loadConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { describeStart } from './start-up-notice.ts';
import { openStores, type Stores } from './stores/open-stores.ts';
import { isWorker, leaveWorkers, onDrain, startWorkers } from './workers.ts';

const config = readConfig();
const log = createLog(config.logLevel);
const clock = Date.now;

if (config.auth.mode === 'none' && !isWorker) {
  log.warn('AUTH_MODE is none: whoever can reach this service can see and change every cart');
}

try {
  await run();
} catch (error) {
  fail(error);
}

async function run(): Promise<void> {
  const stores = await openStores(config.store, { clock, currency: config.currency, log });
  const service = await (config.workers > 1 && !isWorker ? serveByWorkers(stores) : serve(stores)).catch(
    async (error: unknown) => {
      await stores.close();
      throw error;
    },
  );
  const { port, close } = service;
  stopOnSignal(close);
  if (isWorker) return;
  const { host, workers } = config;
  log.info({ host, port, workers, store: stores.type, location: stores.location }, 'listening');
  if (process.stdout.isTTY) console.log(describeStart(config, port, stores));
}

interface Service {
  readonly port: number;
  close(): Promise<void>;
}

async function serve(stores: Stores): Promise<Service> {
  const app = await createApp(config, stores, clock, log);
  const { port } = await app.listen(config.port, config.host);
  return { port, close: () => app.close() };
}

/** This process keeps its own connection to the stores for as long as the workers need an embedded engine. */
async function serveByWorkers(stores: Stores): Promise<Service> {
  const env = { ...stores.environment, MIGRATE_ON_START: 'false' };
  const { port, close } = await startWorkers(config.workers, env, log);
  return { port, close: () => close().then(() => stores.close()) };
}

/** The first signal drains; a second one ends at once. A worker waits for the first process to tell it. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal?: NodeJS.Signals) => {
    if (stopping) {
      if (signal && !isWorker) process.exit(1);
      return;
    }
    stopping = true;
    log.info({ signal }, 'draining');
    close().then(() => {
      log.info('stopped');
      if (isWorker) leaveWorkers();
    }, fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', isWorker ? () => undefined : stop);
  if (isWorker) onDrain(stop);
}

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function fail(error: unknown): void {
  log.fatal({ err: error }, 'the service cannot go on');
  if (process.stderr.isTTY) console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
  // Embedded engines end with the process; nothing may keep it alive now.
  setImmediate(() => process.exit(1));
}
