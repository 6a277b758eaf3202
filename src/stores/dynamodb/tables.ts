/** The shape of the tables, as pure data: for setting up, for the stores' requests, and to compare with Terraform. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** What CreateTable needs beside the table's name. */
export type TableShape = Omit<CreateTableCommandInput, 'TableName'>;

export interface TableNames {
  readonly carts: string;
  readonly catalogue: string;
}

/** A customer's carts by the time of their creation; see {@link cartsTable}. */
export const CUSTOMER_INDEX = 'CustomerIndex';
/** Its sort key. Guests and tombstones have none, which keeps them out of the index. */
export const INDEX_KEY = 'created_at_cart_id';
/**
 * The text of a customer's id where it is no number, while the index's key is a number made of it. Two texts may have one number,
 * so whoever reads the index compares the texts.
 */
export const CUSTOMER_REF = 'customer_ref';

/** A product's key: see catalogueKey. */
export const PRODUCT_KEY = 'product_key';
/** All products in the order of their keys, so that listing them needs no Scan; see {@link catalogueTable}. */
export const CATALOGUE_INDEX = 'CatalogueIndex';
/** The partition of the index in which every product stands. */
export const CATALOGUE = 'products';
/** Epoch seconds from which on DynamoDB may delete a cart. */
export const TTL_ATTRIBUTE = 'expiration_time';

/**
 * One item per cart. The index's sort key is `<created_at>#<cart_id>`, which makes the order of a customer's carts total.
 * An item without `customer_id` is not in the index.
 */
export const cartsTable: TableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'cart_id', AttributeType: 'S' },
    { AttributeName: 'customer_id', AttributeType: 'N' },
    { AttributeName: INDEX_KEY, AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'cart_id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: CUSTOMER_INDEX,
      KeySchema: [
        { AttributeName: 'customer_id', KeyType: 'HASH' },
        { AttributeName: INDEX_KEY, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** One item per product, each in the one partition {@link CATALOGUE} of the index. */
export const catalogueTable: TableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: PRODUCT_KEY, AttributeType: 'S' },
    { AttributeName: 'catalogue', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: PRODUCT_KEY, KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: CATALOGUE_INDEX,
      KeySchema: [
        { AttributeName: 'catalogue', KeyType: 'HASH' },
        { AttributeName: PRODUCT_KEY, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** The index of {@link productsTable}. */
export const OLD_INDEX = 'CatalogIndex';

/**
 * The catalogue of version 0.1.0, whose ids were numbers. Nobody but the task that copies it reads it. An index's key cannot change, and
 * Terraform would replace the table, so there is another one.
 */
export const productsTable: TableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'product_id', AttributeType: 'N' },
    { AttributeName: 'catalog', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'product_id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: OLD_INDEX,
      KeySchema: [
        { AttributeName: 'catalog', KeyType: 'HASH' },
        { AttributeName: 'product_id', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
