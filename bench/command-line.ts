/** Reading command-line options with errors that name the option, the limit and what was given. */
import { realpathSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A mistake of the person at the command line: printed as one line, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs` of node:util, strict, its errors as UsageErrors. */
export function readArguments<T extends Options>(args: readonly string[], options: T, positionals = false) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A number within [minimum, maximum], or `fallback` when the option is absent. */
export function readNumber(
  name: string,
  value: string | undefined,
  range: { fallback: number; minimum: number; maximum: number; whole?: boolean },
): number {
  if (value === undefined) return range.fallback;
  const number = value.trim() === '' ? Number.NaN : Number(value);
  const kind = range.whole === true ? 'a whole number' : 'a number';
  const fits = number >= range.minimum && number <= range.maximum;
  if (!fits || (range.whole === true && !Number.isInteger(number))) {
    throw new UsageError(
      `--${name} must be ${kind} from ${range.minimum} to ${range.maximum}, got "${value}"`,
    );
  }
  return number;
}

/** One of `choices`, or `fallback` when the option is absent. */
export function readChoice<T extends string>(
  name: string,
  value: string | undefined,
  choices: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) {
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}; got "${value}"`);
  }
  return choice;
}

/** An http(s) URL without its trailing slash. */
export function readUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(
      `--${name} must be an http or https URL such as http://127.0.0.1:4000, got "${value}"`,
    );
  }
  return value.replace(/\/+$/, '');
}

/** Where a command writes its answer; tests give their own. */
export type Print = (text: string) => void;

/**
 * Runs `main` if the module with this file name is the one the process was started with, and sets the exit code: 2
 * on a UsageError or any other failure.
 */
export async function runCommand(
  filename: string,
  main: (args: readonly string[], print: Print) => Promise<number> | number,
): Promise<void> {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== realpathSync(filename)) return;
  try {
    process.exitCode = await main(process.argv.slice(2), (text) => process.stdout.write(text));
  } catch (error) {
    const text =
      error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text ?? ''}\n`);
    process.exitCode = 2;
  }
}
