/** Putting products into the table of the catalogue. */
import { BatchWriteCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Product } from '../../cart/product.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { MAX_TOGETHER } from '../catalog.ts';
import { againOnConflict } from './again-on-conflict.ts';
import { productToRecord } from './product-record.ts';
import { chunksOf, sendUntilProcessed } from './send-until-processed.ts';
import { within } from './within.ts';

/** Most items in one BatchWriteItem. */
const BATCH = 25;
/** Requests on their way at a time. */
const PARALLEL = 4;

export interface WriteProductsOptions {
  /**
   * Write in transactions: for an engine that syncs its disk once for each of them but otherwise for each item, which
   * takes some ten times as long. On AWS they would cost twice as much and gain nothing.
   */
  readonly inTransactions?: boolean;
  readonly signal?: Signal | undefined;
}

type Write = (
  client: DynamoDBDocumentClient,
  tableName: string,
  products: readonly Product[],
  signal: Signal | undefined,
) => Promise<void>;

/**
 * Writes different products, over those of the same ids; other products stay. All or none of up to {@link MAX_TOGETHER}; of
 * more the last ones only when all others are there, so that where the last product is, all were written.
 * @param client for more than that, one opened with setUpTimeouts
 */
export async function writeProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  products: readonly Product[],
  { inTransactions = false, signal }: WriteProductsOptions = {},
): Promise<void> {
  const together = inTransactions || products.length <= MAX_TOGETHER;
  const chunks = chunksOf(products, together ? MAX_TOGETHER : BATCH);
  const write = together ? writeTransaction : writeBatch;
  const last = chunks.pop() ?? [];
  const work = async () => {
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
      await write(client, tableName, chunk, signal);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  if (last.length > 0) await write(client, tableName, last, signal);
}

const writeBatch: Write = async (client, tableName, products, signal) => {
  const requests = products.map((product) => ({ PutRequest: { Item: productToRecord(product) } }));
  const send = async (left: readonly (typeof requests)[number][]) => {
    const command = new BatchWriteCommand({ RequestItems: { [tableName]: [...left] } });
    const { UnprocessedItems } = await within(signal, (options) => client.send(command, options), command);
    return (UnprocessedItems?.[tableName] ?? []) as typeof requests;
  };
  await sendUntilProcessed(requests, send, signal);
};

/**
 * Of at most 4 MB, as DynamoDB has it: a product at all its limits, every character four bytes in UTF-8, has 39,181 bytes, a
 * hundred of them 3.92 MB.
 */
const writeTransaction: Write = async (client, tableName, products, signal) => {
  const TransactItems = products.map((product) => ({
    Put: { TableName: tableName, Item: productToRecord(product) },
  }));
  await againOnConflict(signal, () => {
    const command = new TransactWriteCommand({ TransactItems });
    return within<unknown>(signal, (options) => client.send(command, options), command);
  });
};
