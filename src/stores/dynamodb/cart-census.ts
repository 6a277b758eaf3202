/** How many carts DynamoDB has: a Scan, which costs what reading all of them costs, or what it says of the table a few times a day. */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { NumberValue, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { isCartStatus } from '../../cart/cart.ts';
import type { StoreOptions } from '../cart-store.ts';
import { SAMPLE, toCounts, type CartCensus, type CartCounts, type Counted } from '../cart-census.ts';
import type { DynamoDBCartWalkOptions } from './cart-walk.ts';
import { epochSeconds } from './put-request.ts';
import type { DynamoDBRecord } from './record-reader.ts';
import { TTL_ATTRIBUTE } from './tables.ts';
import { within } from './within.ts';

export function createDynamoDBCartCensus({
  client,
  tableName,
  clock,
  costly,
}: DynamoDBCartWalkOptions & Pick<CartCensus, 'costly'>): CartCensus {
  const describe = async ({ signal }: StoreOptions = {}) => {
    const command = new DescribeTableCommand({ TableName: tableName });
    const { Table } = await within(signal, (options) => client.send(command, options));
    return Table;
  };
  return {
    costly,
    async identity(options) {
      const { TableArn = tableName, TableId = 'unknown' } = (await describe(options)) ?? {};
      return `${TableArn}, id ${TableId}`;
    },
    async estimate(options) {
      // A new table has 0 for hours.
      return (await describe(options))?.ItemCount || undefined;
    },
    async sampleMarkers({ signal } = {}) {
      // On AWS the service has no right to scan, and is not to be given one for this.
      if (costly) return undefined;
      const command = new ScanCommand({
        TableName: tableName,
        Limit: SAMPLE,
        ProjectionExpression: 'moved_status',
      });
      const { Items = [], ScannedCount = 0 } = await within(signal, (options) =>
        client.send(command, options),
      );
      return { markers: Items.filter((item) => 'moved_status' in item).length, records: ScannedCount };
    },
    count: (options) => countAll({ client, tableName, clock }, options),
  };
}

async function countAll(
  { client, tableName, clock }: DynamoDBCartWalkOptions,
  { signal }: StoreOptions = {},
): Promise<CartCounts> {
  const counts = new Map<string, Counted>();
  let units = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const command = new ScanCommand({
      TableName: tableName,
      ReturnConsumedCapacity: 'TOTAL',
      ProjectionExpression: '#status, moved_status, #expiry',
      ExpressionAttributeNames: { '#status': 'status', '#expiry': TTL_ATTRIBUTE },
      ...(from && { ExclusiveStartKey: from }),
    });
    const answer = await within(signal, (options) => client.send(command, options));
    addRecords(counts, answer.Items ?? [], epochSeconds(clock()));
    units += answer.ConsumedCapacity?.CapacityUnits ?? 0;
    from = answer.LastEvaluatedKey;
  } while (from);
  return { ...toCounts([...counts.values()]), units };
}

/** @param now epoch seconds */
function addRecords(counts: Map<string, Counted>, records: readonly DynamoDBRecord[], now: number): void {
  for (const { status, moved_status, [TTL_ATTRIBUTE]: expiry } of records) {
    if (!isCartStatus(status) || (expiry instanceof NumberValue && Number(expiry.value) <= now)) continue;
    const kind = { status, keeps: moved_status !== undefined };
    const key = JSON.stringify(kind);
    counts.set(key, { ...kind, count: (counts.get(key)?.count ?? 0) + 1 });
  }
}
