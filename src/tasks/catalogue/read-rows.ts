/** The rows of a file, one after the other, with the lines they stand in. CSV is read by the rules of RFC 4180. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { matchColumns, type Columns } from './columns.ts';
import { FIELDS, type Fault, type Field, type Row } from './to-product.ts';

/** One row, or what is wrong with it before its values are looked at. */
export type Read = { readonly line: number } & (
  { readonly row: Row } | { readonly faults: readonly Fault[] }
);

export interface RowReader {
  readonly rows: AsyncIterable<Read>;
  /** Known once the first row was read. */
  columns(): Columns;
}

export type Format = 'csv' | 'jsonl';

export interface ReadOptions {
  readonly format: Format;
  readonly map: ReadonlyMap<string, Field>;
  /** Between the columns of CSV. */
  readonly delimiter: string;
}

/** @throws Error for a file that is no catalogue: without a header, or without a column that must be there */
export function readRows(source: Readable, options: ReadOptions): RowReader {
  return options.format === 'csv' ? readCsv(source, options) : readJsonLines(source, options);
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function readCsv(source: Readable, { map, delimiter }: ReadOptions): RowReader {
  let columns: Columns | undefined;
  const skipped: Read[] = [];
  const parser = source.pipe(
    parse({
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error: CsvError | undefined) => {
        const line = Number(error?.['lines'] ?? 0);
        skipped.push({
          line,
          faults: [{ reason: `has a quotation mark that is not CSV: ${String(error?.message)}` }],
        });
        return undefined;
      },
    }),
  );
  source.on('error', (error) => parser.destroy(error));

  async function* rows(): AsyncGenerator<Read> {
    let header: readonly string[] | undefined;
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      yield* skipped.splice(0);
      if (!header) {
        header = checkHeader(record);
        columns = matchColumns(header, map);
        continue;
      }
      yield readRecord(record, header, columns as Columns, info.lines);
    }
    yield* skipped.splice(0);
    if (!header) throw new Error('The file is empty: its first line must name the columns');
  }
  return { rows: rows(), columns: () => columns as Columns };
}

function checkHeader(header: readonly string[]): readonly string[] {
  const twice = header.filter((name, at) => header.indexOf(name) !== at);
  if (twice.length > 0)
    throw new Error(`The header must name each column once, but has ${twice.join(', ')} twice`);
  const other = [';', '\t', '|'].find((sign) => header.length === 1 && header[0]?.includes(sign));
  if (other === undefined) return header;
  throw new Error(
    `The header is one column with ${JSON.stringify(other)} in it: say --delimiter ${JSON.stringify(other)}`,
  );
}

function readRecord(
  record: readonly string[],
  header: readonly string[],
  { fields }: Columns,
  line: number,
): Read {
  if (record.length !== header.length) {
    return {
      line,
      faults: [{ reason: `must have ${header.length} columns, as the header has, but has ${record.length}` }],
    };
  }
  const row: Partial<Record<Field, string>> = {};
  header.forEach((name, at) => {
    const field = fields.get(name);
    if (field) row[field] = record[at] ?? '';
  });
  return { line, row };
}

/** One JSON object a line. The names of the first one are those of all, as far as columns are ignored or missing. */
function readJsonLines(source: Readable, { map }: ReadOptions): RowReader {
  let columns: Columns | undefined;

  async function* rows(): AsyncGenerator<Read> {
    let line = 0;
    for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
      line += 1;
      const json = line === 1 ? text.replace(/^\ufeff/, '') : text;
      if (json.trim() === '') continue;
      const object = parseObject(json);
      if (!object) {
        yield { line, faults: [{ reason: 'must be a JSON object' }] };
        continue;
      }
      columns ??= matchColumns(
        Object.keys({ ...Object.fromEntries(FIELDS.map((f) => [f, 0])), ...object }),
        map,
      );
      yield readObject(object, columns, line);
    }
    if (!columns && line === 0) throw new Error('The file is empty');
  }
  return { rows: rows(), columns: () => columns ?? matchColumns([...FIELDS, ...map.keys()], map) };
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Ids may be numbers. A price may not: 29.99 is a binary fraction in JSON, and 1.1 + 2.2 would come as 3.3000000000000003. */
function readObject(object: Record<string, unknown>, { fields }: Columns, line: number): Read {
  const row: Partial<Record<Field, string>> = {};
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(object)) {
    const field = fields.get(name);
    if (!field || value === null) continue;
    if (typeof value === 'string') row[field] = value;
    else if (field === 'id' && typeof value === 'number' && Number.isSafeInteger(value))
      row[field] = String(value);
    else faults.push({ column: name, reason: `must be text, but was of type ${typeof value}` });
  }
  return faults.length > 0 ? { line, faults } : { line, row };
}
