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
export type Values<O extends Options> = { readonly [Name in keyof O]: ReturnType<O[Name]['read']> };

/** Where several are given, the last one counts. */
function option<T, F>(value: string, help: string, fallback: F, read: (name: string, last: string) => T) {
  return {
    value,
    help: fallback === undefined ? help : `${help} (${String(fallback)})`,
    read: (name: string, given: readonly string[]): T | F => {
      const [last] = given.slice(-1);
      return last === undefined ? fallback : read(name, last);
    },
  };
}

export const flag = (help: string): Option<boolean> => ({ help, read: (_, given) => given.length > 0 });

export const text = <F extends string | undefined>(value: string, help: string, fallback: F) =>
  option(value, help, fallback, (_, last) => last);

/** A number from `minimum` to `maximum`, both included. */
export const number = <F extends number | undefined>(
  help: string,
  [minimum, maximum]: readonly [number, number],
  fallback: F,
  kind: 'a number' | 'a whole number' = 'a number',
) =>
  option('N', help, fallback, (name, last) => {
    const result = last.trim() === '' ? Number.NaN : Number(last);
    const fits = kind === 'a number' || Number.isInteger(result);
    if (fits && result >= minimum && result <= maximum) return result;
    throw new UsageError(`--${name} must be ${kind} from ${minimum} to ${maximum}, got "${last}"`);
  });

export const choice = <const T extends string, F extends T | undefined>(
  help: string,
  choices: readonly T[],
  fallback: F,
) =>
  option('NAME', help, fallback, (name, last) => {
    const found = choices.find((candidate) => candidate === last);
    if (found !== undefined) return found;
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}; got "${last}"`);
  });

/** An http(s) URL without its trailing slash. */
export function readUrl(name: string, value: string): string {
  const { protocol } = URL.canParse(value) ? new URL(value) : { protocol: '' };
  if (protocol === 'http:' || protocol === 'https:') return value.replace(/\/+$/, '');
  const example = 'an http or https URL such as http://127.0.0.1:4000';
  throw new UsageError(`--${name} must be ${example}, got "${value}"`);
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

function helpOf({ call, options, notes = '' }: Usage): string {
  const lines = Object.entries(options).map(
    ([name, { value = '', help }]) => `${`  --${name} ${value}`.padEnd(26)}${help}`,
  );
  return [call, ...lines, notes].join('\n').trimEnd();
}

/** The options' values and the further arguments. @throws UsageError with exit code 0 when help was asked for */
export function readArguments<O extends Options>(args: readonly string[], usage: Usage<O>) {
  const known = Object.entries({ ...usage.options, help: flag('') });
  const options = Object.fromEntries(
    known.map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values['help'] !== undefined) throw new UsageError(helpOf(usage), 0);
  const wanted = usage.positionals ?? [];
  if (positionals.length !== wanted.length) {
    const needed = wanted.length === 0 ? 'only options are taken' : `${wanted.join(' and ')} needed`;
    throw new UsageError(`${needed}, got "${positionals.join(' ')}"\n\n${helpOf(usage)}`);
  }
  const read = Object.entries(usage.options).map(([name, one]) => {
    const given = (values[name] ?? []) as (string | boolean)[];
    return [name, one.read(name, given.map(String))];
  });
  return { values: Object.fromEntries(read) as Values<O>, positionals };
}

/** Where a command writes its answer; tests give their own. */
export type Print = (text: string) => void;

/** Runs `main` if its file is the one that the process was started with; the exit code is 2 on any failure. */
export async function runCommand(
  filename: string,
  main: (args: readonly string[], print: Print) => Promise<number> | number,
): Promise<void> {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== realpathSync(filename)) return;
  try {
    process.exitCode = await main(process.argv.slice(2), (text) => process.stdout.write(text));
  } catch (error) {
    const { exitCode, message } = error instanceof UsageError ? error : { exitCode: 2, message: '' };
    process.exitCode = exitCode;
    if (message === '') console.error(error);
    else (exitCode === 0 ? process.stdout : process.stderr).write(`${message}\n`);
  }
}

/** A line on standard error, of what is under way. */
export const progress = (line: string): void => {
  console.error(`  ${line}`);
};
