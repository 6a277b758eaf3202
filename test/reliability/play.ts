/** Several clients at once on two carts: what they do is drawn, what they see is recorded, and held against the model. */
import { uuidOf, type CartId, type CustomerId } from '../../src/cart/ids.ts';
import { createDice, type Dice } from '../support/dice.ts';
import type { CartAnswer, CartCall, Line, Sent } from './cart-calls.ts';
import { SOLD } from './cart-model.ts';
import { createRecorder, type Call, type Recorder } from './linearizability.ts';

/** Sends one call to one of several instances of the service. */
export type Send = (call: CartCall, instance: number) => Promise<Sent>;

export interface PlayOptions {
  /** All that is drawn follows from it. */
  readonly name: string;
  readonly clients: number;
  /** Calls of each client. */
  readonly steps: number;
  readonly instances: number;
  readonly send: Send;
  /** For whom carts are claimed; two in turn unless given. */
  readonly customer?: CustomerId;
  /** The ids that two keys of creations make. */
  readonly cartIdOf: (key: string) => CartId;
  /** Called before each call, to bring about faults. */
  readonly disturb?: () => Promise<void>;
  /** Called after the last of them, before the carts are read: nothing must go wrong any more. */
  readonly settle?: () => Promise<void>;
  /**
   * Whether commits can land unheard. Then the service finds them in the cart, and answers with the cart as it stands by that time; else
   * each answer is that of one moment.
   */
  readonly losesCommits: boolean;
}

type CartRecorder = Recorder<CartCall, CartAnswer>;

/** How often a call with a key is sent again, when nobody knows what became of it. */
const MOST_REPEATS = 2;

export async function play(options: PlayOptions): Promise<readonly Call<CartCall, CartAnswer>[]> {
  const recorder: CartRecorder = createRecorder();
  const keys = ['first', 'second'].map((word) => uuidOf(`${options.name} ${word}`));
  const carts = keys.map((key) => ({ key, id: options.cartIdOf(key) }));
  const clients = Array.from({ length: options.clients }, (_, number) =>
    playClient(options, recorder, carts, createDice(`${options.name} ${number}`), number),
  );
  await Promise.all(clients);
  await options.settle?.();
  await readAtEnd(options, recorder, carts);
  return recorder.calls;
}

async function playClient(
  { steps, send, instances, customer, disturb, losesCommits }: PlayOptions,
  recorder: CartRecorder,
  carts: readonly { key: string; id: CartId }[],
  dice: Dice,
  number: number,
): Promise<void> {
  const versions = new Map<CartId, number>();
  const keys: string[] = [];
  let instance = number % instances;
  for (let step = 0; step < steps; step += 1) {
    const target = carts[dice.chance(0.75) ? 0 : 1] as (typeof carts)[number];
    const call = drawCall(dice, { ...target, other: carts, first: step === 0, versions, keys, customer });
    for (let repeat = 0; repeat <= MOST_REPEATS; repeat += 1) {
      await disturb?.();
      const called = recorder.now();
      const sent = await send(call, instance);
      record(recorder, call, called, sent, losesCommits);
      if (sent.kind === 'answered' && sent.answer.cart) versions.set(target.id, sent.answer.cart.version);
      if (sent.kind !== 'answered') instance = (instance + 1) % instances;
      if (sent.kind !== 'open' || call.do === 'read' || call.key === undefined) break;
    }
  }
}

function record(
  recorder: CartRecorder,
  call: CartCall,
  called: number,
  sent: Sent,
  losesCommits: boolean,
): void {
  if (sent.kind === 'failed') return;
  if (call.do === 'read' && sent.kind === 'open') return;
  if (sent.kind === 'open') {
    recorder.ended(call, called, undefined);
    return;
  }
  const { codes, ...seen } = sent.answer;
  if (!losesCommits || !codes || codes.length > 0) {
    recorder.ended(call, called, sent.answer);
    return;
  }
  // Made at one moment, seen at a later one: two calls, both within this one.
  const effect = recorder.ended(call, called, { codes });
  const views = call.do === 'merge' ? [{ cart: call.source, seen: seen.source }] : [];
  for (const { cart, seen: view } of [{ cart: call.cart, seen: seen.cart }, ...views]) {
    if (view === undefined) continue;
    recorder.calls.push({ ...effect, input: { do: 'read', cart }, answer: { cart: view }, after: effect });
  }
}

/** Shows what became of the last changes. */
async function readAtEnd(
  { send, instances }: PlayOptions,
  recorder: CartRecorder,
  carts: readonly { id: CartId }[],
): Promise<void> {
  for (const { id } of carts) {
    for (let instance = 0; instance < instances; instance += 1) {
      const call: CartCall = { do: 'read', cart: id };
      const called = recorder.now();
      record(recorder, call, called, await send(call, instance), false);
    }
  }
}

interface Draw {
  readonly key: string;
  readonly id: CartId;
  readonly other: readonly { id: CartId }[];
  /** Begins with a creation, as all others do at the same time. */
  readonly first: boolean;
  readonly versions: ReadonlyMap<CartId, number>;
  /** Keys that the client has used. */
  readonly keys: string[];
  readonly customer: CustomerId | undefined;
}

/** How often each is drawn. What ends a cart is rare, so that there is something to end. */
const KINDS = [
  ...Array<CartCall['do']>(8).fill('add'),
  ...Array<CartCall['do']>(5).fill('read'),
  ...Array<CartCall['do']>(3).fill('set'),
  ...([
    'note',
    'note',
    'claim',
    'claim',
    'remove',
    'replace',
    'create',
    'clear',
    'merge',
    'checkOut',
    'delete',
  ] as const),
];

function drawCall(dice: Dice, { key: creation, id, other, first, versions, keys, customer }: Draw): CartCall {
  const drawn = first ? 'create' : dice.pick(KINDS);
  // One in three of what ends a cart.
  const ends = drawn === 'delete' || drawn === 'checkOut' || drawn === 'merge';
  const kind = ends && !dice.chance(0.4) ? 'add' : drawn;
  if (kind === 'read') return { do: kind, cart: id };
  if (kind === 'create') return { do: kind, cart: id, key: creation, lines: first ? [] : linesOf(dice) };
  const fresh = uuidOf(`${creation} ${dice.next()}`);
  const key = dice.chance(0.1) && keys.length > 0 ? dice.pick(keys) : fresh;
  const keyed = dice.chance(0.6);
  if (keyed) keys.push(key);
  const version = versions.get(id);
  const terms = {
    cart: id,
    ...(keyed && { key }),
    ...(version !== undefined && dice.chance(0.3) && { version }),
  };
  switch (kind) {
    case 'add':
    case 'set':
    case 'replace':
      return { do: kind, ...terms, lines: linesOf(dice, kind !== 'set') };
    case 'claim':
      return { do: kind, ...terms, customer: customer ?? (dice.chance(0.8) ? 'ada' : 'bob') };
    case 'remove':
      return { do: kind, ...terms, productIds: linesOf(dice).map(({ productId }) => productId) };
    case 'note':
      return { do: kind, ...terms, note: `note ${dice.below(1000)}` };
    case 'merge': {
      const source = other.find((one) => one.id !== id)?.id ?? id;
      return { do: kind, ...terms, source, strategy: dice.pick(['SUM', 'MAX', 'KEEP_TARGET', 'REPLACE']) };
    }
    default:
      return { do: kind, ...terms };
  }
}

/** One or two products, some of them with an attribute where items are made; now and then one that is not sold, or none of it. */
function linesOf(dice: Dice, making = false): Line[] {
  const products = dice.shuffle(Array.from({ length: SOLD }, (_, index) => String(index + 1)));
  const chosen = products.slice(0, 1 + dice.below(2));
  if (dice.chance(0.05)) chosen.push(String(SOLD + 900_000));
  return chosen.map((productId) => ({
    productId,
    quantity: dice.chance(0.05) ? 0 : 1 + dice.below(3),
    ...(making && dice.chance(0.2) && { attributes: [{ key: 'engraving', value: dice.pick(['A', 'B']) }] }),
  }));
}
