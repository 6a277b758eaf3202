/** Reading a file of products: every good one, and what is wrong with every other. */
import type { ProductId } from '../../cart/ids.ts';
import type { CurrencyCode } from '../../cart/money.ts';
import type { Product } from '../../cart/product.ts';
import type { RowReader } from './row-reader.ts';
import { toProduct, type Fault } from './to-product.ts';

export interface BadLine {
  /** The line in which the row begins; the first is 1. */
  readonly line: number;
  readonly faults: readonly Fault[];
}

/** Hears of each. */
export type ReportBad = (bad: BadLine) => void;

/**
 * The good products in the order of the file. Of several with one id only the first is good.
 * @param lines gets the line of each good product: some 100 bytes for each are all that is kept of a file
 */
export async function* readProducts(
  reader: RowReader,
  currency: CurrencyCode,
  reportBad: ReportBad,
  lines = new Map<ProductId, number>(),
): AsyncGenerator<Product> {
  for await (const read of reader.rows) {
    const { line } = read;
    const result = 'row' in read ? toProduct(read.row, currency, reader.nameOf) : read.faults;
    if (isFaults(result)) {
      reportBad({ line, faults: result });
      continue;
    }
    const before = lines.get(result.id);
    if (before !== undefined) {
      const reason = `must be there once, but ${result.id} is in line ${before} too`;
      reportBad({ line, faults: [{ column: reader.nameOf('id'), reason }] });
      continue;
    }
    lines.set(result.id, line);
    yield result;
  }
}

function isFaults(result: Product | readonly Fault[]): result is readonly Fault[] {
  return Array.isArray(result);
}

/** `line 17, column price: must be …` */
export function describeBad({ line, faults }: BadLine): string {
  return faults
    .map(({ column, reason }) => `line ${line}${column === undefined ? '' : `, column ${column}`}: ${reason}`)
    .join('\n');
}
