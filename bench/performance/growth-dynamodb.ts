/** What DynamoDB charges for the first page of a customer's carts, with few carts and with as many as time allows. */
import { BatchWriteCommand, type DynamoDBDocumentClient, type QueryCommand } from '@aws-sdk/lib-dynamodb';
import { cartToRecord } from '../../src/stores/dynamodb/cart-record.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';
import { queryCustomerCarts } from '../../src/stores/dynamodb/query-customer-carts.ts';
import { buildCart } from './data.ts';
import type { Engine } from '../processes/engines.ts';
import { table } from '../report/model.ts';

const TABLE = 'shopping-carts';
const PAGE = 20;
const FEW = 1_000;
/** Of these, the first has every other cart and the rest 25 each. */
const [MANY, SOME] = [1, 2];
const BATCH = 25;
const CONCURRENT = 8;

/** @param minutes of loading */
export async function measureDynamoDBGrowth(
  { env }: Engine,
  minutes: number,
  progress: (line: string) => void,
): Promise<string> {
  const client = openDynamoDB({ region: 'local', endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '' });
  const rows: string[][] = [];
  const measure = async (carts: number) => {
    for (const customerId of [MANY, SOME]) {
      const { queries, scanned, units, found } = await page(client, customerId);
      const theirs = customerId === MANY ? carts / 2 : 25;
      rows.push([carts, theirs, found, queries, scanned, units].map(String));
    }
  };
  await load(client, 0, FEW, Infinity);
  await measure(FEW);
  const loaded = await load(client, FEW, Infinity, performance.now() + minutes * 60_000);
  progress(`growth: ${loaded} carts in DynamoDB after ${minutes} minutes`);
  await measure(loaded);
  client.destroy();
  const head = ['carts', 'of the customer', 'found', 'queries', 'items looked at', 'read units'];
  return `### first page (${PAGE}) of a customer's carts, DynamoDB\n\n${table(head, rows)}\n`;
}

/** Puts carts number `from` to `to`, or until the time is over: how many there are then. */
async function load(client: DynamoDBDocumentClient, from: number, to: number, end: number): Promise<number> {
  let next = from;
  const one = async () => {
    while (next < to && performance.now() < end) {
      const first = next;
      next += BATCH;
      const puts = Array.from({ length: BATCH }, (_, at) => ({ PutRequest: { Item: recordOf(first + at) } }));
      for (let left = puts; left.length > 0;) {
        const { UnprocessedItems } = await client.send(
          new BatchWriteCommand({ RequestItems: { [TABLE]: left } }),
        );
        left = (UnprocessedItems?.[TABLE] ?? []) as typeof puts;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, one));
  return next;
}

function recordOf(number: number) {
  const customerId = number % 2 === 0 ? MANY : SOME + Math.floor(number / 2 / 25);
  return cartToRecord(buildCart(10, customerId));
}

/** The service's own queries, and what DynamoDB says about them. */
async function page(client: DynamoDBDocumentClient, customerId: number) {
  const seen = { queries: 0, scanned: 0, units: 0 };
  const observed = {
    async send(command: QueryCommand, options: object) {
      command.input.ReturnConsumedCapacity = 'TOTAL';
      const answer = await client.send(command, options);
      seen.queries += 1;
      seen.scanned += answer.ScannedCount ?? 0;
      seen.units += answer.ConsumedCapacity?.CapacityUnits ?? 0;
      return answer;
    },
  } as unknown as DynamoDBDocumentClient;
  const { entries } = await queryCustomerCarts(
    observed,
    TABLE,
    customerId,
    { first: PAGE },
    { now: Date.now() },
  );
  return { ...seen, found: entries.length };
}
