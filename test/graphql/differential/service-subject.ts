/** The service's schema on carts that are there, missing or broken, as thrown for what they are asked for. */
import type { CartProblem } from '../../../src/cart/cart-error.ts';
import type { CartOperations } from '../../../src/changes/cart-operations.ts';
import type { Cart } from '../../../src/cart/cart.ts';
import type { Catalog } from '../../../src/stores/catalog.ts';
import { InputError } from '../../../src/cart/input-error.ts';
import { cartCursor, productCursor } from '../../../src/cart/page.ts';
import { createContext } from '../../../src/graphql/context.ts';
import { createSchema } from '../../../src/graphql/schema.ts';
import { item, newCart, NOON } from '../../support/carts.ts';
import { product } from '../../support/memory-catalog.ts';
import { createDice, type Dice } from '../../support/dice.ts';
import { dump } from './dump.ts';
import type { RunSettings } from './run.ts';
import type { Subject } from './subject.ts';
import { createClockwork } from './timing.ts';

const CART = '00000000-0000-4000-8000-000000000001';
const uuids = [1, 2, 3].map((last) => `"00000000-0000-4000-8000-00000000000${last}"`);
const carts = [...uuids, ...uuids, ...uuids, '"nope"', '1'];
const products = ['1', '"2"', '3', '4', '"007"', '"SKU-1"', '"gid://shop/7"', '"no~pe"'];
const items = [`"${CART}:1"`, `"${CART}:2~abcdefghijkl"`, `"${CART}:SKU-1"`, '"nope"'];

/** By argument: mostly what it takes. `id` is a cart's or a product's. */
const scalars = {
  ID: products,
  id: [...uuids, '1', '"SKU-1"', `"${CART}:1"`],
  itemId: items,
  itemIds: items,
  key: ['"engraving"', '"wrap"', '"a"', '"b"', '""'],
  quantity: ['1', '2', '0'],
  ids: carts,
  cartId: carts,
  sourceCartId: carts,
  targetCartId: carts,
  first: ['1', '2', '3', '5', '20', '100', '99', '101', '0'],
  after: [cartCursor({ createdAt: NOON, id: CART }), productCursor('1'), productCursor('SKU-1')].map(
    (cursor) => JSON.stringify(cursor),
  ),
  Decimal: ['"29.99"', '"0.00"', '"1980"', '"1.234"', '"1.2345"', '29.99'],
};

export function createServiceSubject(): Subject {
  return {
    schema: createSchema(),
    scalars,
    // type-graphql's resolvers and DataLoader settle as they like.
    timings: ['ticks'],
    begin(settings) {
      const calls: string[] = [];
      const { untilAnswered } = createClockwork('ticks', settings.seed);
      const currency = createDice(`${settings.seed}/currency`).pick(['USD', 'JPY', 'KWD']);
      const deps = {
        operations: createOperations(settings, calls),
        catalog: createCatalog(settings),
        currency,
      };
      const caller = { viewer: { kind: 'staff' } as const, signal: new AbortController().signal };
      return {
        contextValue: createContext(deps, caller, 'request'),
        rootValue: undefined,
        calls,
        untilAnswered,
      };
    },
  };
}

/** Every operation answers as thrown for its name and arguments; changes are noted, for their order. */
function createOperations(settings: RunSettings, calls: string[]): CartOperations {
  const answer = async (
    name: string,
    args: readonly unknown[],
    make: (dice: Dice) => unknown,
  ): Promise<unknown> => {
    const key = `${name}(${dump(args)})`;
    const dice = createDice(`${settings.seed}/${key}`);
    for (let ticks = dice.below(4); ticks > 0; ticks -= 1) await Promise.resolve();
    if (dice.chance(settings.faults))
      throw dice.pick([new Error(`broken: ${key}`), new InputError('id', 'is wrong', key)]);
    return make(dice);
  };
  const changing = (name: string, ...args: readonly unknown[]): Promise<unknown> => {
    calls.push(`${name}(${dump(args.slice(0, -1))}, ${dump({ ...(args.at(-1) as object), signal: 0 })})`);
    return answer(name, args.slice(0, -1), (dice) => outcomeOf(dice));
  };
  const find = (wanted: readonly string[]): Promise<unknown> =>
    Promise.all(
      wanted.map((id) => answer('find', [id], (dice) => cartOf(dice, id)).catch((error: unknown) => error)),
    );
  const list = (customer: unknown, page: unknown): Promise<unknown> =>
    answer('list', [customer, page], (dice) => {
      const entries = Array.from({ length: dice.below(3) }, (_, index) => cartOf(dice, `listed ${index}`));
      return { entries: entries.filter((cart) => cart !== undefined), hasNextPage: dice.chance(0.5) };
    });
  return new Proxy({} as CartOperations, {
    get: (_, name) => {
      if (name === 'findCarts') return find;
      if (name === 'listCarts') return list;
      return (...args: readonly unknown[]) => changing(String(name), ...args);
    },
  });
}

const attributes = [undefined, undefined, [{ key: 'engraving', value: 'A & B' }]];

/** Mostly whole; now and then without what it must have, or with what no type can write. */
function cartOf(dice: Dice, id: string): Cart | undefined {
  if (dice.chance(0.15)) return undefined;
  const items = Array.from({ length: dice.below(4) }, (_, index) =>
    item(dice.pick([index + 1, `SKU-${index}`]), 1 + dice.below(9), dice.pick(attributes)),
  );
  const status = dice.pick(['ACTIVE', 'ACTIVE', 'CHECKED_OUT', 'MERGED', 'DELETED'] as const);
  const cart = newCart(NOON, {
    id,
    status,
    items,
    ...(dice.chance(0.5) && { customerId: dice.pick(['7', 'auth0|7']) }),
  });
  const broken = [
    {},
    {},
    {},
    {},
    { version: undefined },
    { version: 2 ** 40 },
    { createdAt: NaN },
    { orderId: {} },
    { currency: null },
    { currency: 'JPY' },
    { note: 'Für Zoë \u2028', attributes: [{ key: 'a', value: '"' }] },
    { attributes: [{ key: 'a' }, null] },
    { items: [{ ...item(1), attributes: [{}] }] },
    { items: null },
  ];
  return { ...cart, ...(dice.pick(broken) as Partial<Cart>) };
}

function outcomeOf(dice: Dice) {
  const carts = [cartOf(dice, 'changed'), cartOf(dice, 'other')];
  const price = { amount: 2999, currency: 'USD' };
  const priceChanges = [
    { itemId: `${CART}:1`, productId: '1', cartPrice: price, currentPrice: dice.pick([price, undefined]) },
    { itemId: 'x', productId: dice.pick(['2', 1.5]), cartPrice: { amount: 5, currency: 'KWD' } },
  ];
  const problems = [
    { code: 'CART_NOT_FOUND', message: 'none', field: ['cartId'] },
    { code: 'PRODUCT_NOT_FOUND', message: 'no product', productId: '3', field: ['items', '0'] },
    { code: 'QUANTITY_LIMIT_EXCEEDED', message: 'too many', productId: '3', limit: 9999 },
    { code: 'ITEM_NOT_FOUND', message: 'no item', itemId: `${CART}:1`, field: ['itemIds', '0'] },
    { code: 'ITEM_AMBIGUOUS', message: 'which', productId: 'SKU-1' },
    { code: 'CART_SIZE_EXCEEDED', message: 'too large', limit: 307_200 },
    { code: 'ITEM_LIMIT_EXCEEDED', message: 'too many', limit: 500 },
    { code: 'VERSION_CONFLICT', message: 'moved on', currentVersion: dice.pick([3, 'three']) },
    { code: 'TOTAL_MISMATCH', message: 'other', currentTotal: dice.pick([price, null]) },
    { code: 'PRICE_CHANGED', message: 'dearer', priceChanges },
    { code: 'UNHEARD_OF', message: 'no such code' },
  ] as unknown as CartProblem[];
  const some = dice.chance(0.5) ? [] : dice.shuffle(problems).slice(0, 2);
  return { carts, problems: some, replayed: dice.chance(0.2), priceChanges };
}

function createCatalog({ seed, faults }: RunSettings): Catalog {
  const findOne = (id: string) => {
    const dice = createDice(`${seed}/product ${id}`);
    return dice.chance(0.2) ? undefined : product(id);
  };
  return {
    findMany: (wanted) =>
      createDice(`${seed}/catalogue`).chance(faults)
        ? Promise.reject(new Error('no catalogue'))
        : Promise.resolve(wanted.map(findOne)),
    list: ({ first, after = '' }) =>
      Promise.resolve({
        entries: [1, 2, 3].map((id) => product(after + String(id))).slice(0, first),
        hasNextPage: true,
      }),
    upsert: () => Promise.resolve(),
    withdraw: (ids) => Promise.resolve([...ids]),
  };
}
