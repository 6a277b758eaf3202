/** A row of a file becomes a product, or says what is wrong with it. */
import { InputError, quote } from '../../cart/input-error.ts';
import { formatAmount, MAX_PRICE, parseAmount, type CurrencyCode } from '../../cart/money.ts';
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
  /** Set where the row may have swallowed good ones behind it: nobody can tell where it ends. */
  readonly endless?: true;
}

/** @param nameOf the column's name in the file @returns the product, or all that is wrong with the row */
export function toProduct(
  row: Row,
  currency: CurrencyCode,
  nameOf: (field: Field) => string,
): Product | readonly Fault[] {
  const price = readPrice(row.price, currency);
  if (typeof price === 'number' && FIELDS.every((field) => faultOfText(field, row[field], currency) === '')) {
    const product = {
      id: row.id ?? '',
      name: row.name ?? '',
      price: { amount: price, currency },
      ...optional(row),
    };
    if (faultOfProduct(product) === '') return product;
  }
  return FIELDS.flatMap((field) => {
    const reason = faultOf(field, row, currency);
    return reason === '' ? [] : [{ column: nameOf(field), reason }];
  });
}

/** What is wrong with one value; empty for nothing. */
function faultOf(field: Field, row: Row, currency: CurrencyCode): string {
  const text = faultOfText(field, row[field], currency);
  if (text !== '' || field === 'currency') return text;
  if (field === 'price') {
    const price = readPrice(row.price, currency);
    return typeof price === 'number' ? '' : price;
  }
  const others = { id: '1', name: '', price: { amount: 0, currency } };
  return row[field] ? faultOfProduct({ ...others, [field]: row[field] }) : '';
}

/** What can be said of a text whatever it is for. */
function faultOfText(field: Field, text: string | undefined, currency: CurrencyCode): string {
  if (text === undefined || text === '') return REQUIRED.includes(field) ? 'must not be empty' : '';
  if (text.includes('\ufffd')) return 'has bytes that are not UTF-8: save the file in that encoding';
  if (field === 'currency' && text !== currency) {
    return `must be ${currency}, which CART_CURRENCY names, but was ${quote(text)}`;
  }
  return '';
}

/** In minor units, or what is wrong with it. */
function readPrice(text: string | undefined, currency: CurrencyCode): number | string {
  try {
    const amount = parseAmount(text ?? '', currency, 'price');
    if (amount >= 0 && amount <= MAX_PRICE) return amount;
    const [least, most] = [0, MAX_PRICE].map((limit) => formatAmount(limit, currency));
    return `must be from ${least ?? ''} to ${most ?? ''}, but was ${quote(text)}`;
  } catch (error) {
    return reasonOf(error);
  }
}

function faultOfProduct(product: Product): string {
  try {
    checkProduct(product, '');
    return '';
  } catch (error) {
    return reasonOf(error);
  }
}

/** Without the argument's name, which is that of the column. */
function reasonOf(error: unknown): string {
  if (!(error instanceof InputError)) throw error;
  return error.message.slice(error.argument.length + 1);
}

const OPTIONAL = ['category', 'brand', 'description', 'imageUrl', 'url'] as const;

function optional(row: Row): Partial<Pick<Product, (typeof OPTIONAL)[number]>> {
  return Object.fromEntries(OPTIONAL.flatMap((field) => (row[field] ? [[field, row[field]]] : [])));
}
