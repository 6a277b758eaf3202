/** Rows of CSV, by the rules of RFC 4180: a header, then a row a product. */
import { pipeline, type Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { checkEncoding } from './check-encoding.ts';
import { matchColumns, nameIn, type Columns } from './columns.ts';
import { createLineCounter, type LineCounter } from './line-counter.ts';
import { MAX_ROW, type Read, type ReadOptions, type RowReader } from './row-reader.ts';
import type { Field, Row } from './to-product.ts';

/** A row as the parser hands it on, behind those it could not read. */
interface Found {
  readonly line: number;
  readonly record: readonly string[];
  readonly before: readonly Read[];
}

export function readCsv(source: Readable, { map, delimiter }: ReadOptions): RowReader {
  let columns: Columns | undefined;
  const { found, unread } = findRecords(source, delimiter);

  async function* rows(): AsyncGenerator<Read> {
    let header: readonly string[] | undefined;
    for await (const { record, line, before } of found) {
      yield* before;
      if (header) {
        yield readRecord(record, columns as Columns, line);
      } else {
        header = checkHeader(record);
        columns = matchColumns(header, map);
      }
    }
    yield* unread();
    if (!header) throw new Error('The file is empty: its first line must name the columns');
  }
  return { rows: rows(), nameOf: (field) => nameIn(map, field), ignored: () => columns?.ignored ?? [] };
}

function findRecords(source: Readable, delimiter: string) {
  const lines = createLineCounter();
  let unread: Read[] = [];
  const takeUnread = () => {
    const taken = unread;
    unread = [];
    return taken;
  };
  const parser = parse({
    bom: true,
    // Of its counts `bytes` are those of the rows and fields that it is through with; its lines count \r\n twice between quotes.
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    // A line with a quotation mark that is no CSV is a fault like any other, and the next lines are looked at too.
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      const line = lines.at(Number(error?.['bytes']));
      if (unread.at(-1)?.line !== line)
        unread.push({ line, faults: [{ reason: describe(error), endless: true }] });
      return undefined;
    },
    on_record: (record: string[], { bytes }) => {
      // The row's last byte may be that of a line end.
      const line = lines.at(bytes - 1) - lineEndsIn(record);
      // Its types know no such result where columns have no names.
      return { line, record, before: takeUnread() } satisfies Found as never;
    },
  });
  // Whoever reads the records is told of a failure, of the source too.
  pipeline(
    source,
    (chunks: AsyncIterable<Buffer>) => counted(checkEncoding(chunks), lines),
    parser,
    () => undefined,
  );
  return { found: parser as AsyncIterable<Found>, unread: takeUnread };
}

/** @throws Error for a row that does not end */
async function* counted(chunks: AsyncIterable<Buffer>, lines: LineCounter): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (lines.ahead() > MAX_ROW) {
      const line = lines.asked() < 0 ? 1 : lines.at(lines.asked()) + 1;
      throw new Error(
        `A row from line ${line} on is longer than ${MAX_ROW} bytes: is there a quotation mark that is not closed?`,
      );
    }
    lines.push(chunk);
    yield chunk;
  }
}

function describe(error: CsvError | undefined): string {
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return 'opens a quotation mark that is never closed';
  return 'has a quotation mark that is not CSV: put the whole value between two of them, and double those within';
}

function lineEndsIn(record: readonly string[]): number {
  let count = 0;
  for (const text of record) {
    if (text.includes('\n') || text.includes('\r')) count += text.split(/\r\n|\n|\r/).length - 1;
  }
  return count;
}

function checkHeader(header: readonly string[]): readonly string[] {
  const [only = ''] = header;
  const other = [';', '\t', '|', ','].find((sign) => header.length === 1 && only.includes(sign));
  if (other === undefined) return header;
  const shown = other === '\t' ? '\\t' : other;
  throw new Error(`The header is one column with "${shown}" in it: say --delimiter "${shown}"`);
}

function readRecord(record: readonly string[], { fields }: Columns, line: number): Read {
  if (record.length !== fields.length) {
    return {
      line,
      faults: [{ reason: `must have ${fields.length} columns, as the header has, but has ${record.length}` }],
    };
  }
  const row: Partial<Record<Field, string>> = {};
  fields.forEach((field, at) => {
    if (field) row[field] = record[at] ?? '';
  });
  return { line, row: row satisfies Row };
}
