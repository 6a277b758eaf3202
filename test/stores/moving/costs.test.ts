/**
 * What operations cost while carts move, counted on real engines: statements of PostgreSQL, and request units of DynamoDB. docs/move.md has
 * the table. A cart is its customer's, has one item, and takes less than 1 KB; products are read elsewhere and are not counted. COSTS=print prints it.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../../src/cart/cart.ts';
import { createCartOperations, type CartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { noMeter, type Meter } from '../../../src/metrics/meter.ts';
import { createLog } from '../../../src/process/log.ts';
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createMovingCartStore } from '../../../src/stores/moving/cart-store.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import { openMove, type OpenedMove } from '../../../src/stores/moving/open-move.ts';
import { item, newCart, TTL } from '../../support/carts.ts';
import { createTestTables } from '../../support/dynamodb.ts';
import { createMemoryCatalog, product } from '../../support/memory-catalog.ts';
import { staff } from '../../support/open-operations.ts';
import { openTestPostgres } from '../../support/postgres.ts';
import { statementsDuring } from '../../support/statements.ts';

const TYPES = ['postgres', 'dynamodb'] as const;
type Type = (typeof TYPES)[number];

/** Who asks, and where the cart is. */
const STATES = [
  ['alone', 'source'],
  ['follow', 'source'],
  ['follow', 'target'],
  ['handover', 'source'],
  ['handover', 'target'],
] as const;

type Ask = (operations: CartOperations, cart: Cart) => Promise<unknown>;
const terms = () => ({ viewer: staff, signal: new AbortController().signal });
const lines = [{ productId: '2', quantity: 1 }];

const OPERATIONS: Readonly<Record<string, Ask>> = {
  'a cart is read': (operations, { id }) => operations.findCarts([id], terms()),
  'an item is added': (operations, { id }) => operations.addItems(id, lines, terms()),
  'a cart is checked out': (operations, { id }) =>
    operations.checkOut({ cartId: id, acceptCartPrices: true }, terms()),
  'a list of three carts': (operations, { customerId = '' }) =>
    operations.listCarts(customerId, { first: 10 }, terms()),
  'a new cart': (operations) => operations.createCart({ customerId: randomUUID(), items: lines }, terms()),
  'a new cart, with a key': (operations) =>
    operations.createCart(
      { customerId: randomUUID(), items: lines },
      { ...terms(), idempotencyKey: randomUUID() },
    ),
};
const CREATIONS = new Set(['a new cart', 'a new cart, with a key']);

const units = { read: 0, write: 0 };
const meter: Meter = {
  ...noMeter,
  counter(name, help, labels = {}) {
    if (name !== 'cartwright_dynamodb_units_total') return noMeter.counter(name, help, labels);
    const kind = labels['kind'] === 'read' ? 'read' : 'write';
    return { add: (amount = 1) => void (units[kind] += amount) };
  },
};

let environment: Record<string, string>;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const postgres = await openTestPostgres();
  const tables = await createTestTables();
  undo.push(postgres.close, tables.drop);
  environment = {
    DATABASE_URL: postgres.url,
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_REGION: 'local',
    DYNAMODB_TABLE_NAME: tables.names.carts,
    DYNAMODB_CATALOGUE_TABLE: tables.names.catalogue,
  };
});
afterAll(async () => {
  for (const one of undo.reverse()) await one();
});

async function openFrom(from: Type): Promise<OpenedMove> {
  const to = TYPES.find((type) => type !== from) ?? from;
  const { store, move, currency } = loadConfig({
    ...environment,
    CART_STORE_TYPE: from,
    CART_STORE_MOVE_TO: to,
    CART_STORE_MOVE_PHASE: 'handover',
  });
  if (!move) throw new Error('No move is configured');
  const surroundings = { clock: Date.now, currency, log: createLog('silent'), sweeps: false, meter };
  return openMove(store, move, surroundings);
}

function operationsOn(carts: CartStore): CartOperations {
  const products = new Map([1, 2].map((number) => [String(number), product(number)]));
  return createCartOperations({
    carts,
    catalog: createMemoryCatalog(products),
    queue: createCartQueue(),
    clock: Date.now,
    newId: randomUUID,
    newChangeId: () => Buffer.from(randomUUID().replaceAll('-', ''), 'hex'),
    jitter: () => 0,
    ttl: TTL,
    currency: 'USD',
  });
}

/** The cart that is asked for is one of three of its customer. */
async function prepare({ source, mover }: OpenedMove, at: 'source' | 'target'): Promise<Cart> {
  const customerId = randomUUID();
  const carts = [1, 2, 3].map(() => newCart(Date.now(), { customerId, items: [item(1)] }));
  for (const after of carts) await source.carts.commit([{ after }]);
  if (at === 'target') await mover.handOver(carts);
  return carts[0] as Cart;
}

async function costOf(work: () => Promise<unknown>): Promise<string> {
  Object.assign(units, { read: 0, write: 0 });
  const statements = await statementsDuring(work);
  const costs = [
    [statements.length, 'st'],
    [units.read, 'r'],
    [units.write, 'w'],
  ] as const;
  return costs
    .filter(([amount]) => amount > 0)
    .map((cost) => cost.join(' '))
    .join(', ');
}

async function tableOf(from: Type): Promise<string[]> {
  const move = await openFrom(from);
  try {
    const { source, target } = move;
    const pair = { source: source.carts, target: target.carts };
    const of = (phase: (typeof STATES)[number][0]) =>
      operationsOn(
        phase === 'alone' ? source.carts : createMovingCartStore({ ...pair, phase, clock: Date.now }),
      );
    const rows: string[] = [];
    for (const [name, ask] of Object.entries(OPERATIONS)) {
      const cells: string[] = [];
      for (const [phase, at] of STATES) {
        const cart = await prepare(move, at);
        const elsewhere = CREATIONS.has(name) && at === 'target';
        cells.push(elsewhere ? '' : await costOf(() => ask(of(phase), cart)));
      }
      rows.push(`| ${[name, ...cells].join(' | ')} |`);
    }
    const ten = await Promise.all(Array.from({ length: 10 }, () => prepare(move, 'source')));
    const handedOver = await costOf(() => createMover(pair, Date.now).handOver(ten));
    return [...rows, `| ten carts are handed over | | | | ${handedOver} | |`].map(plain);
  } finally {
    await move.close();
  }
}

/** Without the blanks that only line up columns. */
function plain(row: string): string {
  return row.replaceAll(/ +/g, ' ').trim();
}

describe.each(TYPES)('from %s', (from) => {
  it('each operation costs what docs/move.md says', async () => {
    const rows = await tableOf(from);
    if (process.env['COSTS'] === 'print') console.log(rows.join('\n'));
    const documented = await readFile(new URL('../../../docs/move.md', import.meta.url), 'utf8');
    const written = documented.split('\n').map(plain);
    expect(written).toEqual(expect.arrayContaining(rows));
  });
});
