/**
 * A move in this process: four instances of the service on two stores in memory whose answers take their time and get lost. The
 * instances go through the stages of a journey one after the other, movers hand carts over and are stopped in the middle, and
 * what comes first is drawn, so a history follows from its name alone.
 */
import { cartIdFromKey, uuidOf } from '../../../src/cart/ids.ts';
import { createCartOperations } from '../../../src/changes/cart-operations.ts';
import { createCartQueue } from '../../../src/changes/cart-queue.ts';
import { createDice, type Dice } from '../../support/dice.ts';
import { NOON, TTL } from '../../support/carts.ts';
import { createMemoryCatalog, product } from '../../support/memory-catalog.ts';
import { staff } from '../../support/open-operations.ts';
import { askOperations } from '../ask-operations.ts';
import type { CartAnswer, CartCall } from '../cart-calls.ts';
import { SOLD } from '../cart-model.ts';
import type { Call } from '../linearizability.ts';
import { play } from '../play.ts';
import { turns } from '../simulation.ts';
import { JOURNEY, moverBetween, nameOf, stageAt, type Stage } from './journey.ts';
import { createListCheck } from './list-check.ts';
import { createMovers, handOverAll } from './simulated-movers.ts';
import { createSpin, LONGEST, ticks } from './spin.ts';
import { openWorld, type Plant, type World } from './world.ts';

export const INSTANCES = 4;
/** Pauses within which a call is answered, or its time is over. */
const LAST = 30;

export interface Simulated {
  readonly calls: readonly Call<CartCall, CartAnswer>[];
  /** What is wrong though each answer may be right. */
  readonly problems: readonly string[];
  readonly met: readonly string[];
}

export async function playMove(name: string, plant: Plant = {}): Promise<Simulated> {
  const dice = createDice(`${name} move`);
  const world = openWorld(dice, plant);
  const customer = `ada|${name}`;
  const members = Array.from({ length: INSTANCES }, (_, number) => `${name} ${number}`);
  const conductor = conduct(world, dice, members);
  const problems: string[] = [];
  const lists = createListCheck();
  const list = async (instance: number) => {
    const check = lists.begin();
    const { operations } = conductor.at(instance);
    const caller = { viewer: staff, signal: new AbortController().signal };
    const { entries } = await operations.listCarts(customer, { first: 10 }, caller);
    problems.push(...check(entries.map(({ id }) => id)));
  };
  const calls = await play({
    name,
    clients: 6,
    steps: 6,
    instances: INSTANCES,
    customer,
    async send(call, instance) {
      if (dice.chance(0.1)) await list(instance).catch(() => undefined);
      const deadline = new AbortController();
      const over = dice.chance(0.1) ? turns(dice.below(300)) : ticks(LAST);
      void over.then(() => {
        deadline.abort(new Error('The time is over.'));
      });
      return lists.watch(call, () => conductor.send(call, instance, deadline.signal));
    },
    cartIdOf: (key) => cartIdFromKey(key, undefined, 'key'),
    async settle() {
      await conductor.end();
      world.isReliable = true;
    },
    losesCommits: true,
  });
  for (let instance = 0; instance < INSTANCES; instance += 1) await list(instance);
  problems.push(...world.twice());
  return { calls, problems, met: conductor.met };
}

function createInstance(world: World, stage: Stage, name: string) {
  const { way, carts } = world.cartsOf(stage);
  const products = new Map(
    Array.from({ length: SOLD }, (_, index) => [String(index + 1), product(index + 1)]),
  );
  let drawn = 0;
  const operations = createCartOperations({
    carts,
    catalog: createMemoryCatalog(products),
    queue: createCartQueue(),
    clock: () => NOON,
    newId: () => uuidOf(`${name} ${(drawn += 1)}`),
    newChangeId: () => Buffer.from(uuidOf(`${name} change ${(drawn += 1)}`).replaceAll('-', ''), 'hex'),
    jitter: () => 0,
    ttl: TTL,
    currency: 'USD',
  });
  return { stage, way, operations, asked: 0 };
}

type Instance = ReturnType<typeof createInstance>;

/** Restarts the members, stage after stage, as long as the history goes on. */
function conduct(world: World, dice: Dice, members: readonly string[]) {
  const start = dice.below(JOURNEY.length);
  const met: string[] = [];
  let ended = false;
  const isEnded = () => ended;
  let starts = 0;
  const spin = createSpin();
  // The deployment is under way when the history begins.
  const instances = members.map((name) =>
    createInstance(world, stageAt(start + (dice.chance(0.5) ? 1 : 0)), name),
  );
  const at = (index: number) => instances[index] as Instance;
  const leaving: Instance[] = [];
  const movers = createMovers(world, dice, met);

  async function travel(): Promise<void> {
    for (let stage = start; !isEnded(); stage += 1) {
      const [now, next] = [stageAt(stage), stageAt(stage + 1)];
      movers.set(now.phase === 'handover' ? now.from : undefined);
      if (next.phase === 'plain') await handOverAll(world, now);
      for (const member of dice.shuffle(members.map((_, index) => index))) {
        await spin(dice.below(LONGEST));
        if (isEnded()) return;
        if (stage === start && at(member).stage === next) continue;
        leaving.push(at(member));
        instances[member] = createInstance(world, next, `${members[member]} ${(starts += 1)}`);
        movers.set(moverBetween(now, next));
        met.push(`${nameOf(now)} beside ${nameOf(next)}`);
      }
      // A process is given the time of a request to end.
      while (leaving.some(isBusy)) await spin(20);
      leaving.length = 0;
    }
  }

  const travelling = travel();
  return {
    at,
    met,
    async send(call: CartCall, index: number, signal: AbortSignal) {
      const instance = at(index);
      instance.asked += 1;
      try {
        return await askOperations(instance.operations, call, signal);
      } finally {
        instance.asked -= 1;
      }
    },
    async end(): Promise<void> {
      ended = true;
      await travelling;
      await movers.end();
    },
  };
}

function isBusy({ way, asked }: Instance): boolean {
  return way.running > 0 || asked > 0;
}
