/** The configuration of a program's process. */
import { ConfigError, loadConfig, type Config } from './config.ts';

/**
 * Reads the environment; mistakes in it are printed and end the process with status 1.
 * @param overrides variables that the program sets itself
 */
export function readConfig(overrides: Readonly<Record<string, string>> = {}): Config {
  try {
    return loadConfig({ ...process.env, ...overrides });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
