/** What was asked for on the command line. */
import { parseArgs } from 'node:util';
import { parseMap } from './columns.ts';
import type { ReadOptions } from './row-reader.ts';

export const USAGE = `npm run catalogue -- import FILE [--replace | --skip-bad] [--map sku=id,title=name] [--format csv|jsonl] [--delimiter ";"]
npm run catalogue -- check FILE [--map …] [--format …] [--delimiter …]
npm run catalogue -- export [FILE] [--format csv|jsonl]
FILE may be - for standard input or output, and for import and check an address, https://…. What ends with .jsonl or .ndjson is
JSON Lines, anything else CSV.`;

export interface Arguments {
  readonly action: 'import' | 'export' | 'check' | 'help';
  readonly file: string;
  readonly replace: boolean;
  readonly skipBad: boolean;
  readonly reading: ReadOptions;
}

/** Whether standard output is the catalogue's, so that nothing else may be written to it. */
export function writesToOutput({ action, file }: Pick<Arguments, 'action' | 'file'>): boolean {
  return action === 'export' && file === '-';
}

const options = {
  replace: { type: 'boolean', default: false },
  'skip-bad': { type: 'boolean', default: false },
  map: { type: 'string' },
  format: { type: 'string' },
  delimiter: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** @throws Error with what is wrong and how it is meant */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [action, file = action === 'export' ? '-' : undefined, ...more] = positionals;
  const { replace, 'skip-bad': skipBad, map, format, delimiter, help } = values;
  const reading = {
    format: format === undefined ? formatOf(file ?? '') : checkFormat(format),
    delimiter: checkDelimiter(delimiter ?? ','),
    map: parseMap(map ?? ''),
  };
  if (help) return { action: 'help', file: '', replace, skipBad, reading };
  if (action !== 'import' && action !== 'export' && action !== 'check')
    throw usage('Say import, export or check');
  if (file === undefined || more.length > 0) throw usage('Name one file');
  if (replace && skipBad) {
    throw usage(
      '--replace would withdraw the products of the lines that --skip-bad leaves out: use one of them',
    );
  }
  if (action !== 'import' && (replace || skipBad)) throw usage('--replace and --skip-bad are for import');
  if (action === 'export' && (map ?? delimiter) !== undefined)
    throw usage('--map and --delimiter are for files that are read');
  return { action, file, replace, skipBad, reading };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function usage(message: string): Error {
  return new Error(`${message}. "npm run catalogue -- --help" says how it is used`);
}

function formatOf(file: string): ReadOptions['format'] {
  return /\.(jsonl|ndjson)(\?|$)/i.test(file) ? 'jsonl' : 'csv';
}

function checkFormat(format: string): ReadOptions['format'] {
  if (format !== 'csv' && format !== 'jsonl')
    throw usage(`--format must be csv or jsonl, but was "${format}"`);
  return format;
}

function checkDelimiter(given: string): string {
  // As it comes from a shell, and as an error of ours writes it.
  const delimiter = given === '\\t' ? '\t' : given;
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter))
    throw usage(`--delimiter must be one character, such as ";" or "\\t", but was "${given}"`);
  return delimiter;
}
