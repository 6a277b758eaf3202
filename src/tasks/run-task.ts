/** Programs that do one thing and end, such as `npm run migrate`. */
import type { Config } from '../config/config.ts';
import { describeFailure } from '../process/describe-failure.ts';
import { createLog, type Log } from '../process/log.ts';
import { readConfig } from '../config/read-config.ts';

/** Tasks serve nobody, so who is asking, and what they may ask for, does not concern them. */
const NOBODY_ASKS = { AUTH_MODE: 'none', ALLOW_UNAUTHENTICATED: 'true', TRUSTED_DOCUMENTS: '' };

/**
 * Runs `work` and prints the line it returns, if any; the log is on standard error. A failure is one line on standard error and status 1; with LOG_LEVEL=debug its
 * stack is in the log. A signal ends the task at once, and its engine with it: every store's work is done whole or not at
 * all, or can be repeated.
 * @param overrides variables that the task sets itself
 */
export async function runTask(
  work: (config: Config, log: Log) => Promise<string>,
  overrides: Readonly<Record<string, string>> = {},
): Promise<void> {
  const config = readConfig({ ...NOBODY_ASKS, ...overrides });
  const log = createLog(config.logLevel, process.stderr);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1));
  try {
    const line = await work(config, log);
    if (line !== '') console.log(line);
  } catch (error) {
    log.debug({ err: error }, 'the task failed');
    console.error(describeFailure(error, config));
    // Nothing that is still open may keep the process alive; embedded engines end with it.
    process.exit(1);
  }
}
