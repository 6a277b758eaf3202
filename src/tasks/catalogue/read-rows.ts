/** The rows of a file, one after the other, with the lines they stand in. */
import type { Readable } from 'node:stream';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { ReadOptions, RowReader } from './row-reader.ts';

export function readRows(source: Readable, options: ReadOptions): RowReader {
  return options.format === 'csv' ? readCsv(source, options) : readJsonLines(source, options);
}
