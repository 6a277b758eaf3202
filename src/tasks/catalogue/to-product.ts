/** A row of a file becomes a product, or says what is wrong with it. */
import { InputError, quote } from '../../cart/input-error.ts';
import { parseAmount, type CurrencyCode } from '../../cart/money.ts';
import { checkProduct, type Product } from '../../cart/product.ts';

/** What a file can say of a product. Columns of other names are ignored. */
export const FIELDS = [
  'id',
  'name',
  'price',
  'currency',
  'category',
  'brand',
  'description',
  'imageUrl',
  'url',
] as const;

export type Field = (typeof FIELDS)[number];

/** Without these a file is no catalogue. */
export const REQUIRED: readonly Field[] = ['id', 'name', 'price'];

/** The texts of a row, as they stand in the file; empty or absent for nothing. */
export type Row = Readonly<Partial<Record<Field, string>>>;

export interface Fault {
  /** Absent when the whole row is at fault. */
  readonly column?: string;
  readonly reason: string;
}

/** @param nameOf the column's name in the file */
export function toProduct(
  row: Row,
  currency: CurrencyCode,
  nameOf: (field: Field) => string,
): Product | readonly Fault[] {
  const faults: Fault[] = [];
  const report = (field: Field, reason: string) => faults.push({ column: nameOf(field), reason });
  for (const field of FIELDS) {
    const text = row[field] ?? '';
    if (text === '' && REQUIRED.includes(field)) report(field, 'must not be empty');
    if (text.includes('\ufffd'))
      report(field, 'has bytes that are not UTF-8: save the file in that encoding');
  }
  if (row.currency && row.currency !== currency) {
    report('currency', `must be ${currency}, the currency of the service, but was ${quote(row.currency)}`);
  }
  if (faults.length > 0) return faults;
  try {
    const product = {
      id: row.id ?? '',
      name: row.name ?? '',
      price: { amount: parseAmount(row.price ?? '', currency, 'price'), currency },
      ...optional(row),
    };
    checkProduct(product, '');
    return product;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = FIELDS.find((known) => error.argument.replace(/^\./, '') === known);
    const reason = error.message.slice(error.argument.length + 1);
    return [field === undefined ? { reason } : { column: nameOf(field), reason }];
  }
}

const OPTIONAL = ['category', 'brand', 'description', 'imageUrl', 'url'] as const;

function optional(row: Row): Partial<Pick<Product, (typeof OPTIONAL)[number]>> {
  return Object.fromEntries(OPTIONAL.flatMap((field) => (row[field] ? [[field, row[field]]] : [])));
}
