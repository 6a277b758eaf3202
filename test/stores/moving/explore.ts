/**
 * All interleavings of a few processes on stores in memory. A process is plain asynchronous code; each of its calls of a store waits until
 * it is chosen, and is then one step. Every choice is tried, by playing the program anew up to it; a state that was met before is not
 * gone on from. What a process knows is what its calls have answered, so the state of all is the stores, these answers, and what
 * may yet land of commits whose answer was lost.
 */
import type { Cart } from '../../../src/cart/cart.ts';
import { UncertainCommit, type CartStore } from '../../../src/stores/cart-store.ts';
import { createMemoryCartStore } from '../../support/memory-store.ts';

export interface World {
  now: number;
  readonly source: Map<string, Cart>;
  readonly target: Map<string, Cart>;
}

/** What a process works on: its own way to the two stores. */
export interface Way {
  readonly source: CartStore;
  readonly target: CartStore;
  readonly clock: () => number;
  readonly world: World;
  /** From here on nothing depends on what was answered before, but for what the label says. */
  forget(label: string): void;
  /** A step of its own, such as the clock's. */
  step(name: string, act: () => void): Promise<void>;
}

export interface Scenario {
  /** Lays out the stores. */
  begin(world: World): void;
  /** Makes the processes of one play, each of which ends by itself. */
  readonly processes: readonly ((way: Way, play: Play) => Promise<void>)[];
  /** Commits whose answers may be lost. */
  readonly cuts: number;
  /** What must be so in every state. @returns what is wrong */
  check(world: World, play: Play): string | undefined;
  /** What must be so when all have ended. @returns what is wrong */
  checkEnd(world: World, play: Play): string | undefined;
}

/** What is written down of one play. What decides on right and wrong besides what the processes were answered is in {@link facts}. */
export class Play {
  readonly log: string[] = [];
  readonly facts: Record<string, string> = {};
  /** What a process has found to be wrong. */
  wrong: string | undefined;
}

interface Call {
  readonly process: number;
  readonly name: string;
  readonly isCommit: boolean;
  /** Carries it out and answers. */
  go(): Promise<void>;
  /** The answer is lost; what may yet land is returned. */
  cut(): () => Promise<void>;
}

interface Choice {
  readonly name: string;
  take(): Promise<void>;
}

export interface Explored {
  readonly states: number;
  readonly plays: number;
  /** What is wrong, and the steps that lead there. */
  readonly failure?: string;
}

/** Turns of the queue of microtasks between two steps; some twenty are usual. */
const MOST_TURNS = 10_000;

/** @param most states after which it gives up, which is an error */
export async function explore(scenario: Scenario, most = 200_000): Promise<Explored> {
  const seen = new Set<string>();
  const open: number[][] = [[]];
  let plays = 0;
  for (let path = open.pop(); path; path = open.pop()) {
    plays += 1;
    const run = beginPlay(scenario);
    await run.settle();
    for (let depth = 0; ; depth += 1) {
      const choices = run.choices();
      // What comes before was looked at when it was met first.
      const wrong = depth < path.length ? undefined : (run.play.wrong ?? scenario.check(run.world, run.play));
      const stuck = choices.length === 0 && !run.isOver() ? 'nobody can go on' : undefined;
      const ended = run.isOver() ? scenario.checkEnd(run.world, run.play) : stuck;
      if (wrong ?? ended) return { states: seen.size, plays, failure: describe(run, wrong ?? ended ?? '') };
      if (depth >= path.length) {
        const key = run.key();
        if (seen.has(key)) break;
        seen.add(key);
        if (seen.size > most) throw new Error(`More than ${most} states`);
        for (let other = 1; other < choices.length; other += 1) open.push([...path, other]);
        path.push(0);
      }
      const choice = choices[path[depth] ?? 0];
      if (!choice) break;
      run.play.log.push(choice.name);
      await choice.take();
      await run.settle();
    }
  }
  return { states: seen.size, plays };
}

function describe({ play, world }: ReturnType<typeof beginPlay>, wrong: string): string {
  return [wrong, ...play.log, `source ${textOf(world.source)}`, `target ${textOf(world.target)}`].join('\n');
}

function beginPlay({ begin, processes, cuts: allowed }: Scenario) {
  const world: World = { now: 0, source: new Map(), target: new Map() };
  begin(world);
  const play = new Play();
  const waiting: Call[] = [];
  const late: { readonly name: string; readonly land: () => Promise<void> }[] = [];
  const heard = processes.map(() => '');
  let [running, cuts] = [processes.length, allowed];

  const wayOf = (process: number): Way => {
    const clock = () => world.now;
    const park = <Result>(name: string, isCommit: boolean, work: () => Promise<Result>) =>
      new Promise<Result>((resolve, reject: (reason: Error) => void) => {
        const settleWith = (answer: string, act: () => void) => {
          heard[process] = `${heard[process] ?? ''}${name}>${answer};`;
          act();
        };
        waiting.push({
          process,
          name: `${process} ${name}`,
          isCommit,
          go: () =>
            work().then(
              (result) => {
                settleWith(JSON.stringify([result], plain), () => {
                  resolve(result);
                });
              },
              (error: unknown) => {
                settleWith(String(error), () => {
                  reject(error as Error);
                });
              },
            ),
          cut() {
            settleWith('lost', () => {
              reject(new UncertainCommit(new Error('cut')));
            });
            return () => work().then(ignore, ignore);
          },
        });
      });
    const wrap = (name: string, carts: Map<string, Cart>): CartStore => {
      const store = createMemoryCartStore(clock, carts);
      return {
        ...store,
        load: (ids, options) => park(`${name} load`, false, () => store.load(ids, options)),
        commit: (writes, options) =>
          park(
            `${name} commit ${writes.map(({ after }) => `${after.status} ${after.version} ${after.note ?? ''}`).join()}`,
            true,
            () => store.commit(writes, options),
          ),
      };
    };
    return {
      source: wrap('source', world.source),
      target: wrap('target', world.target),
      clock,
      world,
      forget(label) {
        heard[process] = `${label}:`;
      },
      step: (name, act) =>
        park(name, false, () => {
          act();
          return Promise.resolve();
        }),
    };
  };

  processes.forEach((process, index) => {
    process(wayOf(index), play).then(
      () => {
        running -= 1;
        heard[index] = 'ended';
      },
      (error: unknown) => {
        running -= 1;
        play.wrong ??= `process ${index} failed: ${String(error)}`;
      },
    );
  });

  return {
    play,
    world,
    isOver: () => running === 0,
    /** Until nobody goes on without an answer: each process that has not ended waits for one. */
    async settle() {
      for (let turn = 0; waiting.length !== running; turn += 1) {
        if (turn > MOST_TURNS) throw new Error('A process waits for something that is no step');
        await Promise.resolve();
      }
    },
    key: () =>
      [
        world.now,
        textOf(world.source),
        textOf(world.target),
        ...heard,
        ...late.map(({ name }) => name).sort(),
        cuts,
        JSON.stringify(play.facts),
      ].join('|'),
    choices(): Choice[] {
      const calls = waiting.flatMap((call): Choice[] => {
        const take = () => waiting.splice(waiting.indexOf(call), 1);
        const answered = {
          name: call.name,
          take() {
            take();
            return call.go();
          },
        };
        if (!call.isCommit || cuts === 0) return [answered];
        const cut = {
          name: `${call.name}, answer lost`,
          take() {
            take();
            cuts -= 1;
            late.push({ name: call.name, land: call.cut() });
            return Promise.resolve();
          },
        };
        return [answered, cut];
      });
      const landings = late.map((one) => ({
        name: `${one.name} arrives`,
        take() {
          late.splice(late.indexOf(one), 1);
          return one.land();
        },
      }));
      return [...calls, ...landings];
    },
  };
}

const ignore = () => undefined;

const SHOWN = [
  'id',
  'status',
  'version',
  'note',
  'moves',
  'movedStatus',
  'movedVersion',
  'expiresAt',
  'createdAt',
] as const;

/** What of a cart makes a difference here. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('changes' in value)) return value;
  return SHOWN.map((field) => (value as Cart)[field] ?? '').join(' ');
}

function textOf(carts: Map<string, Cart>): string {
  return JSON.stringify([...carts.values()], plain);
}
