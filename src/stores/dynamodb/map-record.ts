/** From a document to its record and back, attribute by attribute. */
import type { UnknownFields } from '../../cart/cart.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import { isMap, type DynamoDBRecord, type Source } from './record-reader.ts';

interface AnyAttribute {
  readonly name: string;
  write(value: never, currency: CurrencyCode): unknown;
  read(source: Source, name: string): unknown;
  readonly absent?: unknown;
}

/** Lines with their fields, all of one shape: they are gone through for every record. */
export interface Attributes {
  readonly lines: readonly (AnyAttribute & { readonly field: string })[];
  /** Further names that records have and documents have not. */
  readonly derived: readonly string[];
  /** All names. */
  readonly known: ReadonlySet<string>;
}

export function attributesOf(
  table: Readonly<Record<string, AnyAttribute>>,
  derived: readonly string[] = [],
): Attributes {
  const lines = Object.entries(table).map(([field, { name, write, read, absent }]) => ({
    field,
    name,
    write,
    read,
    absent,
  }));
  return { lines, derived, known: new Set([...derived, ...lines.map(({ name }) => name)]) };
}

/** A document of any kind, as far as it is gone through here. */
type Fields = Readonly<Record<string, unknown>> & { readonly unknown?: UnknownFields };

/** @param currency that of the document's amounts */
export function toRecord(
  { lines }: Attributes,
  document: object,
  currency: CurrencyCode,
): Record<string, unknown> {
  const fields = document as Fields;
  const record: Record<string, unknown> = {};
  for (const { field, name, write } of lines) {
    const value = fields[field];
    const written = value === undefined ? undefined : write(value as never, currency);
    if (written !== undefined) record[name] = written;
  }
  return fields.unknown === undefined ? record : { ...fields.unknown, ...record };
}

/**
 * With what the record has beyond the attributes as `unknown`: a newer version of the service has written it, and it is to be
 * written back.
 * @throws UnreadableItem
 */
export function fromRecord(attributes: Attributes, source: Source): object {
  const { record } = source;
  const document: Record<string, unknown> = {};
  let met = 0;
  for (const { field, name, read, absent } of attributes.lines) {
    const there = record[name] !== undefined;
    if (there) met += 1;
    const value = there || absent === undefined ? read(source, name) : absent;
    if (value !== undefined && value !== 'no field') document[field] = value;
  }
  for (const name of attributes.derived) if (record[name] !== undefined) met += 1;
  if (Object.keys(record).length > met) document['unknown'] = unknownOf(record, attributes.known);
  return document;
}

function unknownOf(record: DynamoDBRecord, known: ReadonlySet<string>): UnknownFields {
  const unknown = Object.entries(record).filter(([name]) => !known.has(name));
  return Object.fromEntries(unknown.map(([name, value]) => [name, keepable(value)]));
}

/** A value in which maps are Maps: to the SDK a plain object with a key `constructor` is no map, and could not be written back. */
function keepable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keepable);
  if (!isMap(value)) return value;
  return new Map(Object.entries(value).map(([key, entry]) => [key, keepable(entry)]));
}
