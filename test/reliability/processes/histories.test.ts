/**
 * Histories of several clients over two processes of the service whose clocks are twenty minutes apart, on each store, while connections
 * are cut, reset, half-closed, stalled and fall silent, sessions of the database are ended, its disk is full, its engine is killed, and a
 * process of the service: all are those of carts that are changed one call after the other. RELIABILITY_SEED repeats what is drawn, if
 * not what comes first; RELIABILITY_HISTORIES plays more rounds of eight.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartIdFromKey } from '../../../src/cart/ids.ts';
import { createDice, type Dice } from '../../support/dice.ts';
import { storeTypes, type StoreType } from '../../support/store-types.ts';
import { askService } from '../ask-service.ts';
import { cartModel } from '../cart-model.ts';
import { mustBeLinearizable } from '../linearizability.ts';
import { play } from '../play.ts';
import { seed } from '../seed.ts';
import { openCluster, type Cluster } from './cluster.ts';

const ROUNDS = Number(process.env['RELIABILITY_HISTORIES'] ?? 1);
/** Histories at one time. */
const SIDE_BY_SIDE = 8;
const CLIENTS = 4;
const STEPS = 6;

describe.each(storeTypes)('on %s', (type) => {
  let cluster: Cluster;
  /** How often the disk was. */
  let full = 0;
  beforeAll(async () => {
    cluster = await openCluster(type, { hostile: true });
  }, 120_000);
  afterAll(() => cluster.close());

  it(
    `${ROUNDS * SIDE_BY_SIDE} histories are linearizable`,
    async () => {
      const met = new Map<string, number>();
      for (let round = 0; round < ROUNDS; round += 1) await playRound(type, cluster, round, met);
      console.log(`${type}: RELIABILITY_SEED=${seed}`, Object.fromEntries(met));
      // Faults that never happen say nothing.
      expect([...met.keys()]).toEqual(expect.arrayContaining(['made', 'crash', 'killed', ...FAULTS]));
      full = met.get('full') ?? 0;
    },
    120_000 + ROUNDS * 60_000,
  );

  it('in some of which the disk was full', ({ skip }) => {
    if (!cluster.engine?.fill) skip('this user may not mount a disk that can be filled');
    if (ROUNDS < 2) skip('it is filled in every other round: RELIABILITY_HISTORIES=2');
    expect(full).toBeGreaterThan(0);
  });
});

async function playRound(
  type: StoreType,
  cluster: Cluster,
  round: number,
  met: Map<string, number>,
): Promise<void> {
  const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);
  const { disturb, healed } = openFaults(cluster, createDice(`${seed} ${type} ${round}`), round, count);
  const histories = Array.from({ length: SIDE_BY_SIDE }, (_, number) =>
    play({
      name: `${seed} ${type} ${round} ${number}`,
      clients: CLIENTS,
      steps: STEPS,
      instances: 2,
      send: (call, instance) => askService(cluster.members[instance === 0 ? 0 : 1].url, call),
      cartIdOf: (key) => cartIdFromKey(key, undefined, 'key'),
      disturb,
      settle: healed,
      losesCommits: true,
    }),
  );
  for (const [number, calls] of (await Promise.all(histories)).entries()) {
    for (const { answer } of calls) {
      if (!answer) count('open');
      else if (answer.codes)
        for (const code of answer.codes.length > 0 ? answer.codes : ['made']) count(code);
      else count('read');
    }
    try {
      mustBeLinearizable(cartModel, calls);
    } catch (error) {
      const message = `RELIABILITY_SEED=${seed}, round ${round}, history ${number}: ${(error as Error).message}`;
      throw new Error(message, { cause: error });
    }
  }
}

/** What goes wrong, in turn. */
const FAULTS = ['after', 'before', 'reset', 'half', 'after', 'stall', 'silence', 'ended'] as const;
/** Calls from one fault to the next. */
const BETWEEN = 11;

/** Milliseconds: longer than a client's patience with one packet, shorter than a statement's time. */
const STALL = 400;
/** Of an engine that ends more often than five times a minute whoever watches over it despairs. */
const BETWEEN_ENDS = 15_000;
const lastEnds = new WeakMap<object, number>();

/**
 * Faults that happen before a call is sent, by the count of calls; in the middle a process is killed, and later the engine or, in every
 * other round, its disk is full for a moment.
 */
function openFaults(
  { members, endSessions, engine, stores }: Cluster,
  dice: Dice,
  round: number,
  count: (what: string) => void,
) {
  let calls = 0;
  const underWay: Promise<unknown>[] = [];
  let playing = SIDE_BY_SIDE;
  let allPlayed: () => void;
  const played = new Promise<void>((resolve) => (allPlayed = resolve));

  function hurtEngine(): void {
    if (!engine) return;
    if (round % 2 === 1 && engine.fill) {
      count('full');
      underWay.push(engine.fill());
    } else if (performance.now() - (lastEnds.get(engine) ?? -Infinity) > BETWEEN_ENDS) {
      lastEnds.set(engine, performance.now());
      count('killed');
      underWay.push(engine.kill());
    }
  }

  return {
    async disturb(): Promise<void> {
      calls += 1;
      const member = dice.pick(members);
      if (calls === (SIDE_BY_SIDE * CLIENTS * STEPS) / 2) {
        count('crash');
        underWay.push(member.crash());
      }
      if (calls === Math.floor(SIDE_BY_SIDE * CLIENTS * STEPS * 0.75)) hurtEngine();
      if (calls % BETWEEN !== 0) return;
      const kind = FAULTS[(calls / BETWEEN) % FAULTS.length] ?? 'reset';
      count(kind);
      if (kind === 'ended') await endSessions();
      else if (kind === 'stall') dice.pick([member.back, member.front]).stall(STALL);
      else if (kind === 'reset') dice.pick([member.back, member.front]).reset();
      else if (kind === 'silence') member.back.injectOnce({ at: '', kind });
      else dice.pick([member.back, member.front]).injectOnce({ at: '', kind });
    },
    /** When all histories are played and nothing goes wrong any more. */
    async healed(): Promise<void> {
      playing -= 1;
      if (playing === 0) allPlayed();
      await played;
      for (const { front, back } of members) {
        front.heal();
        back.heal();
      }
      await Promise.all(underWay);
      await isBack(stores);
    },
  };
}

/** Resolves when the database answers again. */
async function isBack({ ready }: Cluster['stores']): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await ready({ signal: AbortSignal.timeout(2_000) });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
