/**
 * Histories of several clients over four processes of the service while carts move between two databases and back: processes are replaced by those of the
 * next stage, one pair after the other, by kill -9; movers hand carts over, are killed and started again; connections are cut, reset and fall
 * silent. All histories are those of carts that are changed one call after the other, customers have one active cart each, lists show
 * each cart once, and in the end no cart is in two places. RELIABILITY_SEED repeats what is drawn; RELIABILITY_MOVES goes on for so many
 * stages, of 14 to the whole way there and back.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cartIdFromKey } from '../../../src/cart/ids.ts';
import { createDice } from '../../support/dice.ts';
import { askService } from '../ask-service.ts';
import type { CartCall, Sent } from '../cart-calls.ts';
import { cartModel } from '../cart-model.ts';
import { mustBeLinearizable } from '../linearizability.ts';
import { createGates, type Gate } from '../moving/gates.ts';
import { nameOf, stageAt } from '../moving/journey.ts';
import { createListCheck } from '../moving/list-check.ts';
import { askList } from '../moving/ask-list.ts';
import { playOpenings } from '../moving/openings.ts';
import { play } from '../play.ts';
import { seed } from '../seed.ts';
import { openMovingCluster, type MovingCluster } from './move-cluster.ts';
import { createTravel } from './move-travel.ts';

const STAGES = Number(process.env['RELIABILITY_MOVES'] ?? 1);
/** Of the way, where it begins. */
const START = Number(process.env['RELIABILITY_MOVES_FROM'] ?? 1);
/** Histories that begin in each stage, of which each goes on for three. */
const HISTORIES = Number(process.env['RELIABILITY_MOVE_HISTORIES'] ?? 4);
const CLIENTS = 4;
const STEPS = 6;
/** Times that what shows the end of a history is asked for. */
const PATIENCE = 40;

let cluster: MovingCluster;
beforeAll(async () => {
  cluster = await openMovingCluster(stageAt(START));
}, 180_000);
afterAll(() => cluster.close());

it(
  `histories of ${STAGES} stages of a move are linearizable`,
  async () => {
    const met = new Map<string, number>();
    const count = (what: string, by = 1) => met.set(what, (met.get(what) ?? 0) + by);
    const gates = createGates();
    const travel = createTravel({ cluster, gates, dice: createDice(`${seed} travel`), count });
    const playing: Promise<void>[] = [];
    for (let stage = START; stage < START + STAGES; stage += 1) {
      const begin = (isFirst: boolean) => {
        for (let number = isFirst ? 0 : 1; number < HISTORIES; number += 2)
          start((gate) => playHistory(`${seed} ${stage} ${number}`, gate));
        start((gate) => playCustomer(`${seed} ${stage} ${isFirst}`, gate));
      };
      begin(true);
      await travel.goOn(stageAt(stage), stageAt(stage + 1), () => {
        begin(false);
      });
    }
    await travel.arrive(stageAt(START + STAGES));
    await Promise.all(playing);
    count('histories', HISTORIES * STAGES);
    console.log(`RELIABILITY_SEED=${seed}`, Object.fromEntries(met));
    await travel.checkPlaces();

    /** One that fails keeps nobody waiting. */
    function start(history: (gate: Gate) => Promise<void>): void {
      const gate = gates.begin();
      const played = history(gate).finally(gate.end);
      played.catch(() => undefined);
      playing.push(played);
    }

    async function playHistory(name: string, gate: Gate): Promise<void> {
      const lists = createListCheck();
      const customer = `ada|${name}`.replaceAll(' ', '-');
      const problems: string[] = [];
      let over = false;
      const send = async (call: CartCall, instance: number): Promise<Sent> => {
        const member = cluster.members[instance % cluster.members.length];
        if (!member?.isUp()) return { kind: 'failed', code: 'ECONNREFUSED' };
        return askService(member.url, call);
      };
      const list = async (instance: number) => {
        const check = lists.begin();
        const found = await askList(cluster, instance, customer);
        if (!found) return false;
        count('list');
        problems.push(...check(found));
        return true;
      };
      const calls = await play({
        name,
        clients: CLIENTS,
        steps: STEPS,
        instances: cluster.members.length,
        customer,
        async send(call, instance) {
          if (!over) {
            if (instance === 0) await list(instance);
            return lists.watch(call, () => send(call, instance));
          }
          let sent = await send(call, instance);
          for (let time = 1; sent.kind !== 'answered' && time < PATIENCE; time += 1) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            sent = await send(call, instance);
          }
          return sent;
        },
        cartIdOf: (key) => cartIdFromKey(key, undefined, 'key'),
        async disturb() {
          await gate.pass();
          await travel.disturb();
        },
        async settle() {
          gate.end();
          over = true;
          for (const instance of cluster.members.keys()) await list(instance);
        },
        losesCommits: true,
      });
      judge(name, () => {
        expect(problems).toEqual([]);
        mustBeLinearizable(cartModel, calls);
      });
      for (const { answer } of calls) {
        if (!answer) count('open');
        else if (answer.codes)
          for (const code of answer.codes.length > 0 ? answer.codes : ['made']) count(code);
        else count('read');
      }
    }

    async function playCustomer(name: string, gate: Gate): Promise<void> {
      const check = await playOpenings({ cluster, gate, name, disturb: travel.disturb });
      judge(`${name}, openings`, () => {
        count('opened', check());
      });
    }
  },
  180_000 + STAGES * 120_000,
);

function judge(name: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    const message = `RELIABILITY_SEED=${seed}, history ${name}: ${(error as Error).message}`;
    throw new Error(message, { cause: error });
  }
}

it('the way has both directions, and is reversed', () => {
  const names = Array.from({ length: 14 }, (_, index) => nameOf(stageAt(index)));
  expect(names[0]).toBe('plain 0');
  expect(names[7]).toBe('plain 1');
  expect(new Set(names).size).toBe(6);
});
