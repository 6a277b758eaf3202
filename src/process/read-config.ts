/** The configuration of a program's process. */
import { readFileSync } from 'node:fs';
import { ConfigError, loadConfig, type Config } from '../config/config.ts';
import { createLog } from './log.ts';

/**
 * Reads the environment; mistakes in it are printed, in production as JSON, and end the process with status 1.
 * @param overrides variables that the program sets itself
 */
export function readConfig(overrides: Readonly<Record<string, string>> = {}): Config {
  try {
    return loadConfig({ ...process.env, ...overrides }, lookAt);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (process.env['NODE_ENV'] !== 'production') console.error(error.message);
    else createLog('fatal').fatal({ problems: error.problems }, 'the configuration has mistakes');
    process.exit(1);
  }
}

/** The same that readers of the file would find later, one after the other. */
function lookAt(path: string): string | undefined {
  try {
    readFileSync(path);
    return undefined;
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
  }
}
