/** Devices of one customer that open the active cart with guests' carts, check it out and delete it, while carts move. */
import { openedCartId } from '../../../src/cart/active-cart.ts';
import { cartIdFromKey, uuidOf, type CartId } from '../../../src/cart/ids.ts';
import { createDice } from '../../support/dice.ts';
import { sendGraphQL, type GraphQLRequest, type Reply } from '../ask-service.ts';
import { createRecorder, mustBeLinearizable } from '../linearizability.ts';
import { openingModel, type OpeningAnswer, type OpeningCall } from '../opening-model.ts';
import type { MovingCluster } from '../processes/move-cluster.ts';
import type { Gate } from './gates.ts';

const DEVICES = 4;
const STEPS = 4;
/** How often one call is sent again, when nothing was heard. */
const PATIENCE = 60;

export interface OpeningsOptions {
  readonly cluster: Pick<MovingCluster, 'members'>;
  readonly gate: Gate;
  readonly name: string;
  readonly disturb: () => Promise<void>;
}

/** @returns the check of what was seen, which returns how many calls were answered, or throws */
export async function playOpenings({ cluster, gate, name, disturb }: OpeningsOptions): Promise<() => number> {
  const customerId = `eve|${name}`.replaceAll(' ', '-');
  const recorder = createRecorder<OpeningCall, OpeningAnswer>();

  async function ask(call: OpeningCall, request: GraphQLRequest): Promise<OpeningAnswer | undefined> {
    await gate.pass();
    await disturb();
    const first = recorder.now();
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
      const called = attempt === 0 ? first : recorder.now();
      const member = cluster.members[attempt % cluster.members.length];
      if (!member?.isUp()) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const reply = await sendGraphQL<Record<string, Payload>>(member.url, request);
      const answer = answerOf(call, reply);
      if (answer) {
        recorder.ended(call, first, answer);
        return answer;
      }
      if (reply.kind !== 'failed') recorder.ended(call, called, undefined);
      if (reply.kind === 'answered') return undefined;
    }
    throw new Error(`No answer to ${JSON.stringify(call)} after ${PATIENCE} attempts`);
  }

  async function makeGuest(key: string, number: number): Promise<void> {
    await gate.pass();
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
      const member = cluster.members[(number + attempt) % cluster.members.length];
      const reply = member?.isUp() ? await sendGraphQL(member.url, creation(key, number)) : undefined;
      if (reply?.kind === 'answered') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('No answer to the creation of a guest’s cart');
  }

  async function useDevice(number: number): Promise<void> {
    const dice = createDice(`${name} device ${number}`);
    const guestKey = uuidOf(`${name} guest ${number}`);
    const guest = cartIdFromKey(guestKey, undefined, 'key');
    await makeGuest(guestKey, number);
    let active: CartId | null | undefined;
    for (let step = 0; step < STEPS; step += 1) {
      const key = `${name} ${number} ${step}`;
      const kind = step === 0 ? 'open' : dice.pick(['open', 'open', 'checkOut', 'delete'] as const);
      if (kind === 'open') {
        const named = step === 0 ? { guest } : {};
        const call = { do: kind, own: openedCartId(key, customerId), ...named };
        active = (await ask(call, open(key, customerId, step === 0 ? guest : undefined)))?.active;
      } else if (active) await ask({ do: kind, cart: active }, endOf(kind, active, key));
    }
  }

  await Promise.all(Array.from({ length: DEVICES }, (_, number) => useDevice(number)));
  gate.end();
  return () => {
    mustBeLinearizable(openingModel, recorder.calls);
    return recorder.calls.filter(({ answer }) => answer !== undefined).length;
  };
}

function creation(idempotencyKey: string, number: number): GraphQLRequest {
  const items = [{ productId: String(number + 1), quantity: 1 }];
  return {
    query: 'mutation ($input: CreateCartInput!) { createCart(input: $input) { userErrors { code } } }',
    variables: { input: { idempotencyKey, items } },
  };
}

function open(idempotencyKey: string, customerId: string, guestCartId: CartId | undefined): GraphQLRequest {
  return {
    query:
      'mutation ($input: OpenCartInput!) { openCart(input: $input) { cart { id } userErrors { code } } }',
    variables: { input: { idempotencyKey, customerId, guestCartId } },
  };
}

function endOf(kind: 'checkOut' | 'delete', cartId: CartId, idempotencyKey: string): GraphQLRequest {
  const [field, more] = kind === 'delete' ? ['deleteCart', {}] : ['checkoutCart', { acceptCartPrices: true }];
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return {
    query: `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`,
    variables: { input: { cartId, idempotencyKey, ...more } },
  };
}

interface Payload {
  readonly cart?: { readonly id: CartId } | null;
  readonly userErrors?: readonly { readonly code: string }[];
}

/** Undefined for none, and where the cart that was opened has ended before the answer could be repeated. */
function answerOf(call: OpeningCall, reply: Reply<Record<string, Payload>>): OpeningAnswer | undefined {
  if (reply.kind !== 'answered') return undefined;
  const [payload] = Object.values(reply.data);
  if (call.do !== 'open') return { codes: (payload?.userErrors ?? []).map(({ code }) => code) };
  return payload?.cart ? { active: payload.cart.id } : undefined;
}
