/** What reads a file's rows, whatever its format. */
import type { FieldMap } from './columns.ts';
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
