/** The shape of the two tables, as pure data: for setting up, for the stores' requests, and to compare with Terraform. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/** What CreateTable needs beside the table's name. */
export type TableShape = Omit<CreateTableCommandInput, 'TableName'>;

export interface TableNames {
  readonly carts: string;
  readonly products: string;
}

/** A customer's carts by the time of their creation; see {@link cartsTable}. */
export const CUSTOMER_INDEX = 'CustomerIndex';
/** All products by id, so that listing them needs no Scan; see {@link productsTable}. */
export const CATALOG_INDEX = 'CatalogIndex';
/** The partition of {@link CATALOG_INDEX} in which every product stands. */
export const CATALOG = 'products';
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
    { AttributeName: 'created_at_cart_id', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'cart_id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: CUSTOMER_INDEX,
      KeySchema: [
        { AttributeName: 'customer_id', KeyType: 'HASH' },
        { AttributeName: 'created_at_cart_id', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** One item per product, each in the one partition {@link CATALOG} of the index. */
export const productsTable: TableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'product_id', AttributeType: 'N' },
    { AttributeName: 'catalog', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'product_id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: CATALOG_INDEX,
      KeySchema: [
        { AttributeName: 'catalog', KeyType: 'HASH' },
        { AttributeName: 'product_id', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
