/** Which column of a file is which field of a product. */
import { FIELDS, REQUIRED, type Field } from './to-product.ts';

export interface Columns {
  /** The name in the file; the field's own where the file does not have it. */
  nameOf(field: Field): string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Columns of the file that say nothing to us. */
  readonly ignored: readonly string[];
}

/** What `--map sku=id,title=name` says: names in the file, and the fields they are. @throws Error that says what is wrong */
export function parseMap(text: string): ReadonlyMap<string, Field> {
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
    if ([...map.values()].includes(field))
      throw new Error(`--map must name each field once, but names ${field} twice`);
    map.set(name, field);
  }
  return map;
}

/**
 * A column is the field that `--map` says, else the field of its own name, where no other column is that already.
 * @param found the names in the file, each once
 * @throws Error that says what is missing
 */
export function matchColumns(found: readonly string[], map: ReadonlyMap<string, Field>): Columns {
  const absent = [...map.keys()].filter((name) => !found.includes(name));
  if (absent.length > 0)
    throw new Error(`--map names ${absent.join(', ')}, but the file has ${found.join(', ')}`);
  const mapped = new Set(map.values());
  const fields = new Map<string, Field>();
  for (const name of found) {
    const own = FIELDS.find((field) => field === name && !mapped.has(field));
    const field = map.get(name) ?? own;
    if (field) fields.set(name, field);
  }
  const names = new Map([...fields].map(([name, field]) => [field, name]));
  const missing = REQUIRED.filter((field) => !names.has(field));
  if (missing.length > 0) {
    const columns = found.map((name) => JSON.stringify(name)).join(', ');
    throw new Error(
      `The file has no column for ${missing.join(', ')}; its columns are ${columns}. Say which is which with --map, as --map sku=id`,
    );
  }
  return {
    fields,
    nameOf: (field) => names.get(field) ?? field,
    ignored: found.filter((name) => !fields.has(name)),
  };
}
