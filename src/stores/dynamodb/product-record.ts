/** A product as the item of DynamoDB, and back. Prices are in the deployment's one currency. */
import type { CurrencyCode } from '../../cart/money.ts';
import type { Product } from '../../cart/product.ts';
import { attributesOf, fromRecord, productAttributes, toRecord, type PlainProduct } from './attributes.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { CATALOG } from './tables.ts';

const ofProduct = attributesOf(productAttributes);

/** `catalog`, the index's partition, is the same for all. */
export function productToRecord(product: Product): Record<string, unknown> {
  const plain: PlainProduct = { ...product, price: product.price.amount };
  return { ...toRecord(ofProduct, plain), catalog: CATALOG };
}

/** @throws UnreadableItem */
export function productFromRecord(record: DynamoDBRecord, currency: CurrencyCode): Product {
  const source = { record, what: `The product ${String(record['product_id'])}` };
  const { price, ...others } = fromRecord(ofProduct, source) as PlainProduct;
  return { ...others, price: { amount: price, currency } };
}
