/** Records of a database that are not what the service writes: somebody else has written them, or a check was taken away. */
import { createHash } from 'node:crypto';
import { parseCustomerId, type CustomerId } from '../cart/ids.ts';
import type { Product } from '../cart/product.ts';
import { checkProduct } from '../cart/product.ts';

/** Hears of each record that cannot be read where the rest of an answer goes without it. */
export type ReportUnreadable = (error: Error) => void;

/**
 * A cart whose record cannot be read. Whoever knows the id of a guest's cart may use it, so it is named by a hash of the id, the
 * first 16 hexadecimal digits of SHA-256, and by its customer where it has one: enough to find it in the database.
 */
export class UnreadableCart extends Error {
  override readonly name = 'UnreadableCart';

  /** @param cause what is wrong with it */
  constructor(id: unknown, customerId: string | null, cause: unknown) {
    const hash = createHash('sha256').update(String(id)).digest('hex').slice(0, 16);
    const owner = isId(customerId) ? ` of customer ${customerId}` : '';
    const reason = cause instanceof Error ? cause.message.replaceAll(String(id), 'it') : String(cause);
    super(`The cart sha256:${hash}${owner} cannot be read: ${reason}`, { cause });
  }
}

/** Whatever else stands in a record is nothing to put into a log. */
function isId(customerId: unknown): customerId is CustomerId {
  try {
    return parseCustomerId(customerId as CustomerId, 'customerId') === customerId;
  } catch {
    return false;
  }
}

/** Those of many that can be read; the others are reported. */
export function readableOf<Entry, Read>(
  records: readonly Entry[],
  read: (record: Entry) => Read,
  report: ReportUnreadable,
): Read[] {
  return records.flatMap((record) => {
    try {
      return [read(record)];
    } catch (error) {
      report(error as Error);
      return [];
    }
  });
}

/** A product as it was read, if it keeps its limits; one that does not is not sold, and reported. */
export function soldProduct(id: unknown, read: () => Product, report: ReportUnreadable): Product | undefined {
  try {
    const product = read();
    checkProduct(product, `product ${String(id)}`);
    return product;
  } catch (error) {
    report(error as Error);
    return undefined;
  }
}
