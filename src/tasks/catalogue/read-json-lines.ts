/** Rows of JSON Lines: one object a line. */
import type { Readable } from 'node:stream';
import { checkEncoding } from './check-encoding.ts';
import { allNames, nameIn, type FieldMap } from './columns.ts';
import { memberNames } from './member-names.ts';
import { MAX_ROW, type Read, type ReadOptions, type RowReader } from './row-reader.ts';
import { splitLines } from './split-lines.ts';
import type { Fault, Field } from './to-product.ts';

/** Names that are ignored are told up to this many: they may be different in each line. */
const MOST_IGNORED = 100;

export function readJsonLines(source: Readable, { map }: ReadOptions): RowReader {
  const names = allNames(map);
  const ignored = new Set<string>();
  const ignore = (name: string) => {
    if (ignored.size < MOST_IGNORED) ignored.add(name);
  };

  async function* rows(): AsyncGenerator<Read> {
    let empty = true;
    for await (const { number: line, text } of splitLines(checkEncoding(source), MAX_ROW)) {
      const json = line === 1 ? text?.replace(/^\ufeff/, '') : text;
      if (json?.trim() === '') continue;
      empty = false;
      yield { line, ...readLine(json, names, ignore) };
    }
    if (empty) throw new Error('The file is empty');
  }
  return { rows: rows(), nameOf: (field) => nameIn(map, field), ignored: () => [...ignored] };
}

type LineContent = { readonly row: Partial<Record<Field, string>> } | { readonly faults: readonly Fault[] };

function readLine(json: string | undefined, names: FieldMap, ignore: (name: string) => void): LineContent {
  if (json === undefined) return { faults: [{ reason: `must have at most ${MAX_ROW} bytes` }] };
  const object = parseObject(json);
  if (!object) return { faults: [{ reason: 'must be a JSON object' }] };
  const members = memberNames(json);
  const row: Partial<Record<Field, string>> = {};
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(object)) {
    const field = names.get(name);
    if (!field) ignore(name);
    else if (members.indexOf(name) !== members.lastIndexOf(name))
      faults.push({ column: name, reason: 'must be there once' });
    else if (typeof value === 'string') row[field] = value;
    else if (field === 'id' && typeof value === 'number' && Number.isSafeInteger(value))
      row[field] = String(value);
    else if (value !== null) faults.push({ column: name, reason: mustBeText(field, value) });
  }
  return faults.length > 0 ? { faults } : { row };
}

/** A number's digits behind the point are a binary fraction in JSON: 1.1 + 2.2 would come as 3.3000000000000003. */
function mustBeText(field: Field, value: unknown): string {
  const wanted = field === 'price' ? 'text, such as "29.99"' : 'text';
  const given = Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
  return `must be ${field === 'id' ? 'text or a whole number up to 9007199254740991' : wanted}, but was ${given}`;
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
