/** Which column of a file is which field of a product. */
import { FIELDS, REQUIRED, type Field } from './to-product.ts';

export interface Columns {
  /** The name in the file; the field's own where the file does not have it. */
  nameOf(field: Field): string;
  /** The field of each column; undefined for those that say nothing to us. */
  readonly fields: readonly (Field | undefined)[];
  /** The names of those. */
  readonly ignored: readonly string[];
}

/** Names in the file, and the fields they are. */
export type FieldMap = ReadonlyMap<string, Field>;

/** What `--map sku=id,title=name` says. @throws Error that says what is wrong */
export function parseMap(text: string): FieldMap {
  const map = new Map<string, Field>();
  for (const pair of text.split(',').filter((part) => part !== '')) {
    const at = pair.lastIndexOf('=');
    const [name, given] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    const field = FIELDS.find((known) => known === given);
    if (at < 1 || !field) {
      throw new Error(
        `--map must be like sku=id,title=name with fields of ${FIELDS.join(', ')}, but has "${pair}"`,
      );
    }
    if (map.has(name)) throw new Error(`--map must name each column once, but names ${name} twice`);
    if ([...map.values()].includes(field))
      throw new Error(`--map must name each field once, but names ${field} twice`);
    map.set(name, field);
  }
  return map;
}

/** All names that say something: what `--map` has, and each field's own, unless `--map` says otherwise of name or field. */
export function allNames(map: FieldMap): FieldMap {
  const mapped = new Set(map.values());
  const own = FIELDS.filter((field) => !mapped.has(field) && !map.has(field));
  return new Map([...map, ...own.map((field) => [field, field] as const)]);
}

/** What a field is called in the file. */
export function nameIn(map: FieldMap, field: Field): string {
  return [...map].find(([, mapped]) => mapped === field)?.[0] ?? field;
}

/**
 * @param found the names of the columns; those that say nothing may repeat, as the empty ones do that spreadsheets leave at the end
 * @throws Error that says what is missing, or twice there
 */
export function matchColumns(found: readonly string[], map: FieldMap): Columns {
  const columns = () => `its columns are ${found.map((name) => JSON.stringify(name)).join(', ')}`;
  const absent = [...map.keys()].filter((name) => !found.includes(name));
  if (absent.length > 0)
    throw new Error(`--map names ${absent.join(', ')}, which the file does not have: ${columns()}`);
  const names = allNames(map);
  const fields = found.map((name) => names.get(name));
  const twice = found.filter((name, at) => fields[at] !== undefined && found.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`The file has the column ${twice.join(', ')} twice: ${columns()}`);
  const missing = REQUIRED.filter((field) => !fields.includes(field));
  if (missing.length > 0) {
    throw new Error(
      `The file has no column for ${missing.join(', ')}: ${columns()}. Say which is which with --map, as --map sku=id`,
    );
  }
  return {
    fields,
    nameOf: (field) => nameIn(map, field),
    ignored: [...new Set(found.filter((_, at) => fields[at] === undefined))],
  };
}
