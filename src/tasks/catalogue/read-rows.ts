/** The rows of a file, one after the other, with the lines they stand in. */
import type { Readable } from 'node:stream';
import type { FieldMap } from './columns.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { Fault, Field, Row } from './to-product.ts';

/** One row, or what is wrong with it before its values are looked at. The line is that in which it begins; the first is 1. */
export type Read = { readonly line: number } & (
  { readonly row: Row } | { readonly faults: readonly Fault[] }
);

export interface RowReader {
  /** To be read once. @throws Error for a file that is no catalogue: without a header, or without a column that must be there */
  readonly rows: AsyncIterable<Read>;
  /** What a field is called in the file. */
  nameOf(field: Field): string;
  /** The columns that say nothing to us, of all that was read so far. */
  ignored(): readonly string[];
}

export type Format = 'csv' | 'jsonl';

export interface ReadOptions {
  readonly format: Format;
  readonly map: FieldMap;
  /** Between the columns of CSV. */
  readonly delimiter: string;
}

/** Most bytes of one row, so that a quotation mark that is not closed does not put the rest of a file into memory. */
export const MAX_ROW = 1_000_000;

export function readRows(source: Readable, options: ReadOptions): RowReader {
  return options.format === 'csv' ? readCsv(source, options) : readJsonLines(source, options);
}
