/** What happens to the processes of a move while histories are played: the stages of the way, movers, and faults. */
import type { Dice } from '../../support/dice.ts';
import { liveCart } from '../../../src/cart/moved.ts';
import type { OpenedMove } from '../../../src/stores/moving/open-move.ts';
import type { createGates } from '../moving/gates.ts';
import { moverBetween, nameOf, type Stage } from '../moving/journey.ts';
import type { MovingCluster } from './move-cluster.ts';
import type { MoverProcess } from './mover.ts';

export interface TravelOptions {
  readonly cluster: MovingCluster;
  readonly gates: ReturnType<typeof createGates>;
  readonly dice: Dice;
  readonly count: (what: string, by?: number) => void;
}

const FAULTS = ['after', 'before', 'reset', 'after', 'silence', 'ended'] as const;
/** Calls from one fault to the next. */
const BETWEEN = 17;
/** Milliseconds after which nothing of a process that was killed can land any more: the longest statement, and a little. */
const LANDED = 2_000;
/** Pages after which a mover is killed. */
const PAGES = 2;

export function createTravel({ cluster, gates, dice, count }: TravelOptions) {
  const { members, proxies, endSessions, direct } = cluster;
  let calls = 0;
  let mover: { readonly from: 0 | 1; readonly process: MoverProcess } | undefined;

  async function killMover(): Promise<void> {
    if (!mover) return;
    const { process } = mover;
    mover = undefined;
    await process.kill();
    count('mover killed');
    for (const [outcome, times] of process.met) count(`mover: ${outcome}`, times);
  }

  /** One that goes the other way is ended. */
  async function useMover(from: 0 | 1 | undefined): Promise<void> {
    if (mover?.from === from) return;
    await killMover();
    if (from !== undefined) mover = { from, process: cluster.startMover(from) };
  }

  async function replace(numbers: readonly number[], stage: Stage): Promise<void> {
    gates.go();
    await Promise.all(numbers.map((number) => members[number]?.restart(stage) ?? Promise.resolve()));
    gates.go();
  }

  return {
    /**
     * From a stage that all processes are in to the next one.
     * @param whenBoth called when there are processes of both
     */
    async goOn(now: Stage, next: Stage, whenBoth: () => void): Promise<void> {
      await useMover(now.phase === 'handover' ? now.from : undefined);
      if (next.phase === 'plain') {
        await killMover();
        await new Promise((resolve) => setTimeout(resolve, LANDED));
        // Its own sessions are ended too; what it has done is done.
        while (!(await handOverAll(direct[now.from]).then(done, failed)));
      }
      const order = dice.shuffle(members.map((_, index) => index));
      await replace(order.slice(0, 2), next);
      count(`${nameOf(now)} beside ${nameOf(next)}`);
      whenBoth();
      await useMover(moverBetween(now, next));
      await gates.allArrived();
      if (mover) {
        const { from, process } = mover;
        if (dice.chance(0.5)) await process.hasSeen(PAGES);
        await killMover();
        await useMover(from);
      }
      await replace(order.slice(2), next);
      await gates.allArrived();
    },
    /** The end of the way: all histories come to theirs, and nothing goes wrong any more. */
    async arrive(stage: Stage): Promise<void> {
      await useMover(stage.phase === 'handover' ? stage.from : undefined);
      while (!gates.isEmpty()) {
        gates.go();
        await gates.allArrived();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await killMover();
      for (const proxy of proxies) proxy.heal();
    },
    async disturb(): Promise<void> {
      calls += 1;
      if (calls % BETWEEN !== 0) return;
      const kind = FAULTS[(calls / BETWEEN) % FAULTS.length] ?? 'reset';
      count(kind);
      const proxy = dice.pick(proxies);
      if (kind === 'ended') await endSessions();
      else if (kind === 'reset') proxy.reset();
      else if (kind === 'silence')
        dice.pick(members.flatMap(({ backs }) => backs)).injectOnce({ at: '', kind });
      else proxy.injectOnce({ at: '', kind });
    },
    /** @throws Error when a cart lives in both databases */
    async checkPlaces(): Promise<void> {
      const ids = new Set<string>();
      for await (const record of recordsOf(direct[0].source.walk))
        if (liveCart(record, Date.now())) ids.add(record.id);
      let carts = ids.size;
      for await (const record of recordsOf(direct[0].target.walk)) {
        if (!liveCart(record, Date.now())) continue;
        if (ids.has(record.id)) throw new Error(`Both databases have ${record.id}`);
        carts += 1;
      }
      count('carts in the end', carts);
    },
  };
}

const done = () => true;
const failed = () => false;

async function* recordsOf(walk: OpenedMove['source']['walk']) {
  let after: string | undefined;
  do {
    const page = await walk.walk({ first: 500, ...(after !== undefined && { after }) });
    yield* page.records;
    after = page.next;
  } while (after !== undefined);
}

/** As verify does: until nothing is left in the source, and nothing on its way. */
async function handOverAll({ source, target, mover }: OpenedMove): Promise<void> {
  for (let left = true; left;) {
    left = false;
    for await (const record of recordsOf(source.walk)) {
      const [outcome] = await mover.handOver([record]);
      if (outcome !== 'there' && outcome !== 'expired') left = true;
    }
  }
  for await (const record of recordsOf(target.walk)) await mover.endFences([record]);
}
