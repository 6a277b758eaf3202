/** Programs that do one thing and end, such as `npm run migrate`. */
import type { Config } from '../config/config.ts';
import { describeFailure } from '../process/describe-failure.ts';
import { createLog, type Log } from '../process/log.ts';
import { readConfig } from '../process/read-config.ts';

/** Tasks serve nobody, so who is asking, and what they may ask for, does not concern them. */
const NOBODY_ASKS = { AUTH_MODE: 'none', ALLOW_UNAUTHENTICATED: 'true', TRUSTED_DOCUMENTS: '' };

/** What a task leaves behind when it has not failed. */
export interface TaskResult {
  /** Printed, unless it is empty. */
  readonly text: string;
  /** The exit status. */
  readonly status: number;
}

export interface TaskOptions {
  /** The task ends by itself, soon after `ending` is aborted by a signal; a second signal ends it at once. */
  readonly endsItself?: boolean;
}

/**
 * Runs `work` and prints what it returns, if anything; the log is on standard error. A failure is one line on standard error and status 1; with LOG_LEVEL=debug its
 * stack is in the log. A signal ends the task at once, and its engine with it: every store's work is done whole or not at
 * all, or can be repeated.
 * @param overrides variables that the task sets itself
 */
export async function runTask(
  work: (config: Config, log: Log, ending: AbortSignal) => Promise<string | TaskResult>,
  overrides: Readonly<Record<string, string>> = {},
  { endsItself = false }: TaskOptions = {},
): Promise<void> {
  const config = readConfig({ ...NOBODY_ASKS, ...overrides });
  const log = createLog(config.logLevel, process.stderr);
  const ending = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (!endsItself || ending.signal.aborted) process.exit(1);
      ending.abort();
    });
  }
  try {
    const result = await work(config, log, ending.signal);
    const { text, status } = typeof result === 'string' ? { text: result, status: 0 } : result;
    if (text !== '') console.log(text);
    process.exitCode = status;
  } catch (error) {
    log.debug({ err: error }, 'the task failed');
    console.error(describeFailure(error, config));
    // Nothing that is still open may keep the process alive; embedded engines end with it.
    process.exit(1);
  }
}
