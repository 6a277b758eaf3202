/** The catalogue as a file that import takes. */
import { formatAmount } from '../../cart/money.ts';
import { MAX_PAGE } from '../../cart/page.ts';
import type { Product } from '../../cart/product.ts';
import type { Catalog } from '../../stores/catalog.ts';
import type { Format } from './row-reader.ts';
import { FIELDS, type Field } from './to-product.ts';

/** All products, in the order of the catalogue. */
export async function* listProducts(catalog: Pick<Catalog, 'list'>): AsyncGenerator<Product, void> {
  let after: Product['id'] | undefined;
  do {
    const page = await catalog.list({ first: MAX_PAGE, ...(after !== undefined && { after }) });
    yield* page.entries;
    after = page.hasNextPage ? (page.resumeAfter ?? page.entries.at(-1)?.id) : undefined;
  } while (after !== undefined);
}

/** @param written hears of how many products were written so far @returns the lines of the file, with their ends */
export async function* writeLines(
  catalog: Catalog,
  format: Format,
  written: (count: number) => void,
): AsyncGenerator<string> {
  let count = 0;
  if (format === 'csv') yield `${FIELDS.join(',')}\n`;
  for await (const product of listProducts(catalog)) {
    const fields = fieldsOf(product);
    yield format === 'csv'
      ? `${FIELDS.map((field) => quoted(fields[field] ?? '')).join(',')}\n`
      : `${JSON.stringify(fields)}\n`;
    written((count += 1));
  }
}

function fieldsOf({ price: { amount, currency }, ...product }: Product): Partial<Record<Field, string>> {
  return { ...product, price: formatAmount(amount, currency), currency };
}

/** As RFC 4180 wants it. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
