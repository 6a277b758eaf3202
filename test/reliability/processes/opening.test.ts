/**
 * Fifty devices of one customer at once, over two processes, on each store, with check-outs and deletions in between and a process killed
 * in the middle: there is one active cart at every moment, and nothing that a guest has put into a cart is lost or doubled.
 * RELIABILITY_SEED repeats what is drawn; RELIABILITY_OPENINGS takes more customers, one after the other.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedCartId } from '../../../src/cart/active-cart.ts';
import type { Cart } from '../../../src/cart/cart.ts';
import { uuidOf, type CartId } from '../../../src/cart/ids.ts';
import { createDice, type Dice } from '../../support/dice.ts';
import { item, newCart } from '../../support/carts.ts';
import { storeTypes } from '../../support/store-types.ts';
import { customerToken, jwtEnv } from '../../support/tokens.ts';
import { sendGraphQL, type GraphQLRequest, type Reply } from '../ask-service.ts';
import { createRecorder, mustBeLinearizable } from '../linearizability.ts';
import { openingModel, type OpeningAnswer, type OpeningCall } from '../opening-model.ts';
import { seed } from '../seed.ts';
import { openCluster, type Cluster } from './cluster.ts';

const CUSTOMERS = Number(process.env['RELIABILITY_OPENINGS'] ?? 1);
const DEVICES = 50;
/** What each device does after it has opened the cart. */
const STEPS = 3;
/** How often a device asks again with its key, when it has heard nothing. */
const PATIENCE = 40;

describe.each(storeTypes)('on %s', (type) => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster(type, { env: jwtEnv });
  }, 120_000);
  afterAll(() => cluster.close());

  it(
    `${DEVICES} devices of ${CUSTOMERS} customers have one active cart each`,
    async () => {
      for (let number = 0; number < CUSTOMERS; number += 1) await race(cluster, `${seed} ${type} ${number}`);
      console.log(`${type}: RELIABILITY_SEED=${seed}, ${CUSTOMERS} customers`);
    },
    120_000 + CUSTOMERS * 60_000,
  );
});

async function race(cluster: Cluster, name: string): Promise<void> {
  const customer = `ada|${uuidOf(name)}`;
  const authorization = `Bearer ${await customerToken(customer)}`;
  const recorder = createRecorder<OpeningCall, OpeningAnswer>();
  const guests = Array.from({ length: DEVICES }, (_, device) =>
    newCart(Date.now(), { items: [item(device + 1)] }),
  );
  for (const after of guests) await cluster.stores.carts.commit([{ after }]);
  const crash = crashAt(cluster, (DEVICES * (1 + STEPS)) / 2);
  const play = guests.map((guest, number) =>
    useDevice({ cluster, recorder, authorization, customer, onCall: crash.count }, guest.id, number, name),
  );
  await Promise.all(play);
  await crash.over();
  try {
    mustBeLinearizable(openingModel, recorder.calls);
    await checkItems(cluster, guests);
  } catch (error) {
    throw new Error(`RELIABILITY_SEED=${seed}: ${(error as Error).message}`, { cause: error });
  }
  const ended = recorder.calls.filter(({ answer }) => answer?.codes?.length === 0);
  expect(ended.length, 'carts that were checked out or deleted').toBeGreaterThan(0);
}

/** Kills the first process when so many calls have been sent. */
function crashAt({ members: [member] }: Cluster, calls: number) {
  let left = calls;
  let crash = Promise.resolve();
  return {
    count() {
      left -= 1;
      if (left === 0) crash = member.crash();
    },
    over: () => crash,
  };
}

interface Surroundings {
  readonly cluster: Cluster;
  readonly recorder: ReturnType<typeof createRecorder<OpeningCall, OpeningAnswer>>;
  readonly authorization: string;
  readonly customer: string;
  /** Told of every call before it is sent for the first time. */
  readonly onCall: () => void;
}

async function useDevice(
  surroundings: Surroundings,
  guest: CartId,
  number: number,
  name: string,
): Promise<void> {
  const dice = createDice(`${name} ${number}`);
  const ask = createAsking(surroundings, number);
  const { customer } = surroundings;
  const open = (key: string, guestCartId?: CartId) =>
    ask(
      { do: 'open', own: openedCartId(key, customer), ...(guestCartId && { guest: guestCartId }) },
      {
        query:
          'mutation ($input: OpenCartInput!) { openCart(input: $input) { cart { id } userErrors { code } } }',
        variables: { input: { idempotencyKey: key, guestCartId } },
      },
    );
  let active = (await open(`${name} ${number}`, guest))?.active;
  for (let step = 0; step < STEPS; step += 1) {
    const kind = drawKind(dice, step);
    if (kind === 'open') active = (await open(`${name} ${number} ${step}`))?.active;
    else if (kind === 'find')
      active = (await ask({ do: kind }, { query: '{ viewer { cart { id } } }' }))?.active;
    else if (active) await ask({ do: kind, cart: active }, endOf(kind, active, `${name} ${number} ${step}`));
  }
}

/** Nothing is deleted at first: after a deletion there is nothing in the active cart that could be checked out. */
const drawKind = (dice: Dice, step: number) =>
  dice.pick([
    'open',
    'open',
    'open',
    'find',
    'find',
    'find',
    'checkOut',
    step === 0 ? 'checkOut' : 'delete',
  ] as const);

function endOf(kind: 'checkOut' | 'delete', cartId: CartId, idempotencyKey: string): GraphQLRequest {
  const [field, more] = kind === 'delete' ? ['deleteCart', {}] : ['checkoutCart', { acceptCartPrices: true }];
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return {
    query: `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`,
    variables: { input: { cartId, idempotencyKey, ...more } },
  };
}

/**
 * Asks until there is an answer, with one key, one process after the other. What was never answered can take effect at any time;
 * the answer belongs to some moment since the first time it was asked for.
 */
function createAsking({ cluster, recorder, authorization, onCall }: Surroundings, number: number) {
  let instance = number % 2;
  return async (call: OpeningCall, request: GraphQLRequest): Promise<OpeningAnswer | undefined> => {
    onCall();
    const first = recorder.now();
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
      const called = attempt === 0 ? first : recorder.now();
      const { url } = cluster.members[instance === 0 ? 0 : 1];
      const reply = await sendGraphQL<Record<string, Payload>>(url, request, { authorization });
      const answer = answerOf(call, reply);
      if (reply.kind === 'answered' && answer) {
        recorder.ended(call, first, answer);
        return answer;
      }
      if (reply.kind !== 'failed' && call.do !== 'find') recorder.ended(call, called, undefined);
      if (reply.kind === 'answered') return undefined;
      instance = 1 - instance;
    }
    throw new Error(`No answer to ${JSON.stringify(call)} after ${PATIENCE} attempts`);
  };
}

interface Payload {
  readonly cart?: { readonly id: CartId } | null;
  readonly userErrors?: readonly { readonly code: string }[];
}

/** Undefined for none, and where the cart that was opened has been deleted before the answer could be repeated. */
function answerOf(call: OpeningCall, reply: Reply<Record<string, Payload>>): OpeningAnswer | undefined {
  if (reply.kind !== 'answered') return undefined;
  const [payload] = Object.values(reply.data);
  if (call.do === 'find') return { active: payload?.cart?.id ?? null };
  if (call.do !== 'open') return { codes: (payload?.userErrors ?? []).map(({ code }) => code) };
  return payload?.cart ? { active: payload.cart.id } : undefined;
}

/** Each guest's one piece is in one cart: its own, or that which took it in. Only a deletion takes it away. */
async function checkItems({ stores }: Cluster, guests: readonly Cart[]): Promise<void> {
  const load = (ids: readonly CartId[]) => stores.carts.load(ids, { consistent: true });
  const now = (await load(guests.map(({ id }) => id))) as Cart[];
  const targets = [...new Set(now.flatMap(({ mergedIntoCartId }) => mergedIntoCartId ?? []))];
  const known = new Map<CartId, Cart>();
  for (const cart of [...now, ...((await load(targets)) as Cart[])]) known.set(cart.id, cart);
  now.forEach((guest, device) => {
    const productId = String(device + 1);
    const holder = known.get(guest.mergedIntoCartId ?? guest.id);
    const pieces = [...known.values()].flatMap((cart) =>
      cart.items.filter((one) => one.productId === productId).map(({ quantity }) => [cart.id, quantity]),
    );
    expect(pieces).toEqual(holder?.status === 'DELETED' ? [] : [[holder?.id, 1]]);
  });
}
