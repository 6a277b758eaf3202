/** Taking products out of the table of the catalogue. */
import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ProductId } from '../../cart/ids.ts';
import type { Signal } from '../../waiting/abortable.ts';
import { catalogueKey } from '../catalogue-key.ts';
import { getItems } from './get-items.ts';
import { PRODUCT_KEY } from './tables.ts';
import { againOnConflict } from './again-on-conflict.ts';
import { within } from './within.ts';

/**
 * One transaction of deletions. A transaction does not say what it has deleted, so the products are read first, and each deletion
 * is conditional on its product being there, or not, as it was read; when one is not, all is read again.
 * @param ids different, at most MAX_TOGETHER
 * @returns those that were there
 */
export async function withdrawProducts(
  client: DynamoDBDocumentClient,
  tableName: string,
  ids: readonly ProductId[],
  signal: Signal | undefined,
): Promise<ProductId[]> {
  if (ids.length === 0) return [];
  const table = { name: tableName, attribute: PRODUCT_KEY };
  return againOnConflict(signal, async () => {
    const records = await getItems(client, table, ids.map(catalogueKey), { consistent: true, signal });
    const TransactItems = ids.map((id, index) => ({
      Delete: {
        TableName: tableName,
        Key: { [PRODUCT_KEY]: catalogueKey(id) },
        ConditionExpression: `attribute_${records[index] ? '' : 'not_'}exists(#product_key)`,
        ExpressionAttributeNames: { '#product_key': PRODUCT_KEY },
      },
    }));
    const command = new TransactWriteCommand({ TransactItems });
    await within<unknown>(signal, (options) => client.send(command, options), command);
    return ids.filter((_, index) => records[index]);
  });
}
