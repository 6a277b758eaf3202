/** A product as the item of DynamoDB, and back. Prices are in the deployment's one currency. */
import type { NumberValue } from '@aws-sdk/lib-dynamodb';
import type { Product } from '../../cart/product.ts';
import { formatAmount, MAX_PRICE, type CurrencyCode } from '../../cart/money.ts';
import { decimal } from './cart-record.ts';
import {
  hasAttribute,
  readAmount,
  readCount,
  readText,
  unreadable,
  type DynamoDBRecord,
  type Source,
} from './record-reader.ts';
import { CATALOG } from './tables.ts';

/** Attribute names and types of the table. Numbers are N, strings S. */
export interface ProductRecord {
  readonly product_id: number;
  /** Always "products": the index's partition. */
  readonly catalog: typeof CATALOG;
  readonly name: string;
  /** A decimal: 29.99. */
  readonly price: NumberValue;
  readonly category?: string;
  readonly brand?: string;
  readonly description?: string;
}

export function productToRecord({ id, name, price, category, brand, description }: Product): ProductRecord {
  return {
    product_id: id,
    catalog: CATALOG,
    name,
    price: decimal(price.amount),
    ...(category !== undefined && { category }),
    ...(brand !== undefined && { brand }),
    ...(description !== undefined && { description }),
  };
}

/** @throws UnreadableItem */
export function productFromRecord(record: DynamoDBRecord, currency: CurrencyCode): Product {
  const source = { record, what: `The product ${String(record['product_id'])}` };
  const has = (name: string) => hasAttribute(source, name);
  return {
    id: readCount(source, 'product_id'),
    name: readText(source, 'name'),
    price: { amount: readPrice(source), currency },
    ...(has('category') && { category: readText(source, 'category') }),
    ...(has('brand') && { brand: readText(source, 'brand') }),
    ...(has('description') && { description: readText(source, 'description') }),
  };
}

/** Of dearer products a cart's total could have more digits than a number holds: it would no longer be exact. */
function readPrice(source: Source): number {
  const amount = readAmount(source, 'price');
  if (amount > MAX_PRICE) throw unreadable(source, 'price', `at most ${formatAmount(MAX_PRICE)}`);
  return amount;
}
