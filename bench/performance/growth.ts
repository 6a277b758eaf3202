/** What either database reads for the first page of a customer's carts, with few carts and with many: counts, no timings. */
import { progress } from '../command-line.ts';
import { BatchWriteCommand, type DynamoDBDocumentClient, type QueryCommand } from '@aws-sdk/lib-dynamodb';
import pg from 'pg';
import { cartToRecord } from '../../src/stores/dynamodb/cart-record.ts';
import { openDynamoDB } from '../../src/stores/dynamodb/open-dynamodb.ts';
import { queryCustomerCarts } from '../../src/stores/dynamodb/query-customer-carts.ts';
import { listCarts } from '../../src/stores/postgres/cart-statements.ts';
import { withClient } from '../../test/support/pg-client.ts';
import type { Engine } from '../processes/engines.ts';
import { table } from '../report/table.ts';
import { sumOf } from '../statistics.ts';
import { buildCart } from './programs/carts.ts';
import type { Report } from './report.ts';

const PAGE = 20;
const [FEW, MANY] = [1_000, 1_000_000];

/** Of a plan as PostgreSQL explains it. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Node[];
}

/** @param minutes of loading, on DynamoDB */
export async function measureGrowth(engine: Engine, minutes: number): Promise<Report> {
  const text =
    engine.stores.type === 'postgres'
      ? await measurePostgres(engine)
      : await measureDynamoDB(engine, minutes);
  return { text, result: { text } };
}

/** Carts of customers who have 25 each, and all of them one customer's. */
async function measurePostgres({ env }: Engine): Promise<string> {
  const rows: string[][] = [];
  await withClient(env['DATABASE_URL'] ?? '', async (client) => {
    for (const [layout, share] of [
      ['25 for each customer', 25],
      ['all of one customer', MANY],
    ] as const) {
      for (const carts of [FEW, MANY]) {
        progress(`growth: ${carts} carts in PostgreSQL, ${layout}`);
        await fill(client, carts, Math.min(share, carts));
        for (const plan of ['custom', 'generic']) {
          rows.push([String(carts), layout, plan, ...describe(await explain(client, plan))]);
        }
      }
    }
    await client.query('truncate carts, cart_items');
  });
  const head = ['carts', 'spread', 'plan', 'rows of carts', 'rows of items', 'pages of memory or disk', 'by'];
  return `### first page (${PAGE}) of a customer's carts, PostgreSQL\n\n${table(head, rows)}\n`;
}

/** The newest thousand carts have ten items each, as they lie when each cart is filled by itself; the page of customer 1 is among them. */
async function fill(client: pg.Client, carts: number, perCustomer: number): Promise<void> {
  await client.query('truncate carts, cart_items');
  await client.query(
    `insert into carts (cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, changes)
     select gen_random_uuid(), 1 + n / $2, 'ACTIVE', 'USD', 1, at, at, now() + interval '7 days', ''
     from generate_series(0, $1::integer - 1) as n, lateral (select now() - n * interval '1 ms' as at) as time`,
    [carts, perCustomer],
  );
  await client.query(
    `insert into cart_items (cart_id, item_key, product_id, position, product_name, unit_price, quantity)
     select cart_id, product::text as key, product::text as id, product as position, 'Product ' || product, 999, 1
     from (select cart_id, created_at from carts order by created_at desc limit 1000) as newest,
       generate_series(1, 10) as product
     order by created_at desc, position`,
  );
  await client.query('vacuum analyze carts, cart_items');
}

/** @param plan custom for the arguments, or generic for any: PostgreSQL chooses after five runs of a prepared statement */
async function explain(client: pg.Client, plan: string): Promise<Node> {
  const { sql, parameters } = listCarts.bind({
    customerId: '1',
    statuses: ['ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'],
    createdAt: Infinity,
    cartId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    now: Date.now(),
    limit: PAGE + 1,
  });
  const literals = parameters.map((value) =>
    pg.escapeLiteral(Array.isArray(value) ? `{${value.join(',')}}` : String(value)),
  );
  await client.query(`set plan_cache_mode = force_${plan}_plan`);
  await client.query(`prepare page as ${sql}`);
  const explained = `explain (analyze, buffers, format json) execute page(${literals.join(', ')})`;
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(explained);
  await client.query('deallocate page');
  return (rows[0] as (typeof rows)[number])['QUERY PLAN'][0].Plan;
}

const below = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(below)];

function describe(plan: Node): string[] {
  const of = (relation: string) => below(plan).filter((node) => node['Relation Name'] === relation);
  /** Rows that were looked at, also those that a filter left out. */
  const read = (relation: string) =>
    sumOf(of(relation), (n) => (n['Actual Rows'] + (n['Rows Removed by Filter'] ?? 0)) * n['Actual Loops']);
  const [carts] = of('carts');
  const way = `${carts?.['Node Type'] ?? ''} ${carts?.['Index Name'] ?? ''}`.trim();
  const pages = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  return [String(read('carts')), String(read('cart_items')), String(pages), way];
}

const TABLE = 'shopping-carts';
/** The first customer has every other cart, the others 25 each. */
const [RICH, POOR] = [1, 2];

/** With as many carts as the time allows. */
async function measureDynamoDB({ env }: Engine, minutes: number): Promise<string> {
  const client = openDynamoDB({ region: 'local', endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '' });
  const rows: string[][] = [];
  const measure = async (carts: number) => {
    for (const customerId of [RICH, POOR]) {
      const { queries, scanned, units, found } = await page(client, customerId);
      rows.push([carts, customerId === RICH ? carts / 2 : 25, found, queries, scanned, units].map(String));
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
      const numbers = Array.from({ length: 25 }, (_, at) => next + at);
      next += numbers.length;
      const puts = numbers.map((number) => {
        const customer = number % 2 === 0 ? RICH : POOR + Math.floor(number / 2 / 25);
        return { PutRequest: { Item: cartToRecord(buildCart(10, customer)) } };
      });
      for (let left = puts; left.length > 0;) {
        const command = new BatchWriteCommand({ RequestItems: { [TABLE]: left } });
        left = ((await client.send(command)).UnprocessedItems?.[TABLE] ?? []) as typeof puts;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
  return next;
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
  const now = { now: Date.now() };
  const { entries } = await queryCustomerCarts(observed, TABLE, String(customerId), { first: PAGE }, now);
  return { ...seen, found: entries.length };
}
