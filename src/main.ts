/** The process: configuration, stores, server; and an orderly end. */
import { createApp } from './app.ts';
import { ConfigError, loadConfig, type Config } from './config.ts';
import { createLog } from './log.ts';
import { openStores } from './stores/open-stores.ts';
import { describeStart } from './start-up-notice.ts';

const config = readConfig();
const log = createLog(config.logLevel);
const clock = Date.now;

if (config.auth.mode === 'none') {
  log.warn('AUTH_MODE is none: whoever can reach this service can see and change every cart');
}

try {
  await run();
} catch (error) {
  fail(error);
}

async function run(): Promise<void> {
  const stores = await openStores(config.store, { clock, currency: config.currency, log });
  const app = await createApp(config, stores, clock, log);
  const { port } = await app.listen(config.port, config.host).catch(async (error: unknown) => {
    await stores.close();
    throw error;
  });
  log.info({ host: config.host, port, store: stores.type, location: stores.location }, 'listening');
  if (process.stdout.isTTY) console.log(describeStart(config, port, stores));
  stopOnSignal(() => app.close());
}

/** The first signal drains; a second one ends at once. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'draining');
    close().then(() => {
      log.info('stopped');
    }, fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
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
