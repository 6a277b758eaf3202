/** A product as the item of DynamoDB, and back. */
import type { CurrencyCode } from '../../cart/money.ts';
import type { Product } from '../../cart/product.ts';
import { parseProductId, type ProductId } from '../../cart/ids.ts';
import { catalogueKey } from '../catalogue-key.ts';
import { productAttributes, type PlainProduct } from './attributes.ts';
import { attributesOf, fromRecord, toRecord } from './map-record.ts';
import { unreadable, type DynamoDBRecord, type Source } from './record-reader.ts';
import { CATALOGUE, PRODUCT_KEY } from './tables.ts';

const ofProduct = attributesOf(productAttributes, [PRODUCT_KEY, 'catalogue']);

/** With its key, and the index's partition, which is the same for all. */
export function productToRecord(product: Product): Record<string, unknown> {
  const { amount, currency } = product.price;
  const plain: PlainProduct = { ...product, price: amount, currency };
  return {
    [PRODUCT_KEY]: catalogueKey(product.id),
    catalogue: CATALOGUE,
    ...toRecord(ofProduct, plain, currency),
  };
}

/** @throws UnreadableItem */
export function productFromRecord(record: DynamoDBRecord): Product {
  const source = sourceOf(record);
  const product = readProduct(source);
  const key = catalogueKey(product.id);
  if (record[PRODUCT_KEY] !== key) throw unreadable(source, PRODUCT_KEY, `${key}, as its id has it`);
  return product;
}

/**
 * A product of version 0.1.0's table, whose prices were in the deployment's one currency.
 * @throws UnreadableItem
 */
export function productFromOldRecord(record: DynamoDBRecord, currency: CurrencyCode): Product {
  return readProduct(sourceOf({ ...record, currency }));
}

function sourceOf(record: DynamoDBRecord): Source {
  const { product_id: id, currency } = record;
  return { record, what: `The product ${String(id)}`, currency: String(currency) };
}

function readProduct(source: Source): Product {
  type Read = PlainProduct & { readonly unknown?: unknown };
  const { price, currency, unknown: _, ...others } = fromRecord(ofProduct, source) as Read;
  return { ...others, price: { amount: price, currency } };
}

/** The product that has a key; undefined for a key that none can have. */
export function productOfKey(key: unknown): ProductId | undefined {
  const text = String(key);
  try {
    const id = parseProductId(
      text.startsWith('n') ? String(Number(text.slice(1))) : text.slice(1),
      PRODUCT_KEY,
    );
    return catalogueKey(id) === text ? id : undefined;
  } catch {
    return undefined;
  }
}
