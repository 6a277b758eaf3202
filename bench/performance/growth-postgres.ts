/** What PostgreSQL reads for the first page of a customer's carts, with few carts and with many: counts, no timings. */
import pg from 'pg';
import { listCarts } from '../../src/stores/postgres/cart-statements.ts';
import { withClient, type Engine } from '../processes/engines.ts';
import { table } from '../report/model.ts';

const SIZES = [1_000, 1_000_000];
const PAGE = 20;

/** How the carts are spread: 25 for each customer, or all of them one customer's. */
const LAYOUTS = { '25 for each customer': 25, 'all of one customer': Infinity };

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

export async function measurePostgresGrowth(
  { env }: Engine,
  progress: (line: string) => void,
): Promise<string> {
  const rows: string[][] = [];
  await withClient(env, async (client) => {
    for (const [layout, share] of Object.entries(LAYOUTS)) {
      for (const carts of SIZES) {
        progress(`growth: ${carts} carts in PostgreSQL, ${layout}`);
        await fill(client, carts, Math.min(share, carts));
        for (const plan of ['custom', 'generic'] as const) {
          const node = await explain(client, plan);
          rows.push([String(carts), layout, plan, ...describe(node)]);
        }
      }
    }
    await client.query('truncate carts, cart_items');
  });
  const head = ['carts', 'spread', 'plan', 'rows of carts', 'rows of items', 'pages of memory or disk', 'by'];
  return `### first page (${PAGE}) of a customer's carts, PostgreSQL\n\n${table(head, rows)}\n`;
}

/**
 * The newest thousand carts have ten items each, as they lie when each cart is filled by itself; among them are those of the
 * page of customer 1, of whom is asked. The others have none.
 */
async function fill(client: pg.Client, carts: number, perCustomer: number): Promise<void> {
  await client.query('truncate carts, cart_items');
  await client.query(
    `insert into carts (cart_id, customer_id, status, currency, version, created_at, updated_at, expires_at, changes)
     select gen_random_uuid(), 1 + n / $2, 'ACTIVE', 'USD', 1, at, at, now() + interval '7 days', ''
     from generate_series(0, $1::integer - 1) as n, lateral (select now() - n * interval '1 ms' as at) as time`,
    [carts, perCustomer],
  );
  await client.query(
    `insert into cart_items (cart_id, product_id, position, product_name, unit_price, quantity)
     select cart_id, product, product, 'Product ' || product, 999, 1
     from (select cart_id, created_at from carts order by created_at desc limit 1000) as newest,
       generate_series(1, 10) as product
     order by created_at desc, product`,
  );
  await client.query('vacuum analyze carts, cart_items');
}

/** @param plan for the arguments, or one for any: PostgreSQL chooses by itself after five runs of a prepared statement */
async function explain(client: pg.Client, plan: 'custom' | 'generic'): Promise<Node> {
  const { sql, parameters } = listCarts.bind({
    customerId: 1,
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
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, buffers, format json) execute page(${literals.join(', ')})`,
  );
  await client.query('deallocate page');
  return (rows[0] as (typeof rows)[number])['QUERY PLAN'][0].Plan;
}

function describe(plan: Node): string[] {
  const nodes = below(plan);
  /** Rows that were looked at, also those that a filter left out. */
  const read = (relation: string) =>
    nodes
      .filter((node) => node['Relation Name'] === relation)
      .reduce(
        (sum, node) =>
          sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      );
  const carts = nodes.find((node) => node['Relation Name'] === 'carts');
  const buffers = plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  const way = `${carts?.['Node Type'] ?? ''} ${carts?.['Index Name'] ?? ''}`.trim();
  return [String(read('carts')), String(read('cart_items')), String(buffers), way];
}

function below(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(below)];
}
