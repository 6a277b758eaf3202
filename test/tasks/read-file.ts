/** A file given as text or bytes, read as the catalogue's tasks read it. */
import { Readable } from 'node:stream';
import { describeBad, readProducts } from '../../src/tasks/catalogue/check-file.ts';
import { parseMap } from '../../src/tasks/catalogue/columns.ts';
import { readRows } from '../../src/tasks/catalogue/read-rows.ts';
import type { ReadOptions } from '../../src/tasks/catalogue/row-reader.ts';
import type { Product } from '../../src/cart/product.ts';

export interface ReadFile {
  readonly products: Product[];
  /** As they are told to people. */
  readonly faults: string[];
  readonly ignored: readonly string[];
}

export interface FileOptions extends Partial<Omit<ReadOptions, 'map'>> {
  readonly map?: string;
  readonly currency?: string;
  /** Bytes of each chunk in which the file comes. */
  readonly chunk?: number;
}

export async function readFile(
  file: string | Buffer,
  { format = 'csv', delimiter = ',', map = '', currency = 'USD', chunk = 65536 }: FileOptions = {},
): Promise<ReadFile> {
  const bytes = Buffer.from(file);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  );
  const reader = readRows(Readable.from(chunks), { format, delimiter, map: parseMap(map) });
  const products: Product[] = [];
  const faults: string[] = [];
  for await (const product of readProducts(reader, currency, (bad) => faults.push(describeBad(bad)))) {
    products.push(product);
  }
  return { products, faults, ignored: reader.ignored() };
}

export const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join('');
