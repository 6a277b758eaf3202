/** Command lines as tables of options: read, checked and explained from one place. Errors name the option, the limit and what was given. */
import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** A mistake of the person at the command line, or a question for help (exit code 0): printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode: number;
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

export interface Option<T> {
  /** What stands for the value in the help; none for a switch. */
  readonly value?: string;
  readonly help: string;
  /** @param given in the order of the command line; throws a UsageError for what it does not take */
  read(name: string, given: readonly string[]): T;
}
type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

const withDefault = (help: string, fallback: string | number | undefined) =>
  fallback === undefined ? help : `${help} (${fallback})`;

export const flag = (help: string): Option<boolean> => ({ help, read: (_, given) => given.length > 0 });

/** Any text, the last where there are several. */
export function text(value: string, help: string): Option<string | undefined>;
export function text(value: string, help: string, fallback: string): Option<string>;
export function text(value: string, help: string, fallback?: string): Option<string | undefined> {
  return { value, help: withDefault(help, fallback), read: (_, given) => given.at(-1) ?? fallback };
}

interface Range<T> {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole?: boolean;
  readonly fallback: T;
}

/** A number within [minimum, maximum]. */
export function number<T extends number | undefined>(help: string, range: Range<T>): Option<number | T> {
  const { minimum, maximum, whole = false, fallback } = range;
  return {
    value: 'N',
    help: withDefault(help, fallback),
    read(name, given) {
      const value = given.at(-1);
      if (value === undefined) return fallback;
      const result = value.trim() === '' ? Number.NaN : Number(value);
      if (result >= minimum && result <= maximum && (!whole || Number.isInteger(result))) return result;
      const kind = whole ? 'a whole number' : 'a number';
      throw new UsageError(`--${name} must be ${kind} from ${minimum} to ${maximum}, got "${value}"`);
    },
  };
}

/** One of some words. */
export function choice<const T extends string, F extends T | undefined>(
  value: string,
  help: string,
  choices: readonly T[],
  fallback: F,
): Option<T | F> {
  return {
    value,
    help: withDefault(help, fallback),
    read(name, given) {
      const [last] = given.slice(-1);
      const found = choices.find((candidate) => candidate === last);
      if (last === undefined || found !== undefined) return found ?? fallback;
      throw new UsageError(`--${name} must be one of ${choices.join(', ')}; got "${last}"`);
    },
  };
}

/** An http(s) URL without its trailing slash. */
export function readUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    const example = 'an http or https URL such as http://127.0.0.1:4000';
    throw new UsageError(`--${name} must be ${example}, got "${value}"`);
  }
  return value.replace(/\/+$/, '');
}

export const urls = (help: string): Option<string[]> => ({
  value: 'URL',
  help,
  read: (name, given) => given.map((value) => readUrl(name, value)),
});

/** What a command is called with, for its help and its errors. */
export interface Usage<O extends Options = Options> {
  /** Such as `npm run compare -- [options]`. */
  readonly call: string;
  readonly options: O;
  /** Names of the arguments beside the options; all are needed. */
  readonly positionals?: readonly string[];
  /** What else there is to say. */
  readonly notes?: string;
}

/** Two columns; a help of several lines keeps to its own. */
function helpOf({ call, options, notes }: Usage): string {
  const lines = Object.entries(options).map(([name, { value = '', help }]) => {
    const left = `  --${name} ${value}`;
    return `${left.padEnd(26)}${help.replaceAll('\n', `\n${' '.repeat(26)}`)}`;
  });
  return [call, ...lines, ...(notes === undefined ? [] : [notes])].join('\n');
}

/** The options' values and the further arguments. @throws UsageError with exit code 0 when help was asked for */
export function readArguments<O extends Options>(args: readonly string[], usage: Usage<O>) {
  const config = Object.fromEntries(
    Object.entries({ ...usage.options, help: flag('') }).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values['help'] !== undefined) throw new UsageError(helpOf(usage), 0);
  const wanted = usage.positionals ?? [];
  if (positionals.length !== wanted.length) {
    const needed = wanted.length === 0 ? 'only options are taken' : `${wanted.join(' and ')} needed`;
    throw new UsageError(`${needed}, got "${positionals.join(' ')}"\n\n${helpOf(usage)}`);
  }
  const read = Object.entries(usage.options).map(([name, option]) => {
    const given = values[name] as (string | boolean)[] | undefined;
    return [name, option.read(name, (given ?? []).map(String))];
  });
  return { values: Object.fromEntries(read) as Values<O>, positionals };
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
    process.exitCode = error instanceof UsageError ? error.exitCode : 2;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const text = error instanceof UsageError ? error.message : stack;
    (process.exitCode === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  }
}
