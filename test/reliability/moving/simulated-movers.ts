/** Movers beside a simulated history: one direction at a time, stopped wherever they are, and begun again. */
import type { CartStore } from '../../../src/stores/cart-store.ts';
import { createMover } from '../../../src/stores/moving/mover.ts';
import type { Dice } from '../../support/dice.ts';
import { NOON } from '../../support/carts.ts';
import { turns } from '../simulation.ts';
import type { Stage } from './journey.ts';
import { createSpin, LONGEST } from './spin.ts';
import type { World } from './world.ts';

/** A mover of one direction at a time; each is stopped after so many turns wherever it is, and another one begins. */
export function createMovers(world: World, dice: Dice, met: string[]) {
  let direction: 0 | 1 | undefined;
  let ended = false;
  const isEnded = () => ended;
  const spin = createSpin();

  async function run(): Promise<void> {
    while (!isEnded()) {
      await spin(1 + dice.below(LONGEST));
      if (direction === undefined) continue;
      const { source, target } = world.open({ phase: 'handover', from: direction });
      const { records } = await world.raw[direction].walk({ first: 10, includeExpired: true });
      const life = 1 + dice.below(200);
      const mover = createMover({ source: mortal(source, life), target: mortal(target, life) }, () => NOON);
      const outcomes = await Promise.race([
        mover.handOver(records).catch(() => ['failed']),
        turns(life).then(() => ['killed']),
      ]);
      met.push(...outcomes.map((outcome) => `mover: ${outcome}`));
    }
  }

  /** After so many turns nothing is sent any more. */
  function mortal(store: CartStore, life: number): CartStore {
    let lives = true;
    void turns(life).then(() => (lives = false));
    const never = new Promise<never>(() => undefined);
    return {
      ...store,
      load: (...args) => (lives ? store.load(...args) : never),
      commit: (...args) => (lives ? store.commit(...args) : never),
    };
  }

  const running = run();
  return {
    set(to: 0 | 1 | undefined) {
      direction = to;
    },
    async end() {
      ended = true;
      await running;
    },
  };
}

/** As verify does before the source is left. */
export async function handOverAll({ raw }: World, { from }: Stage): Promise<void> {
  const [source, target] = from === 0 ? raw : [raw[1], raw[0]];
  const mover = createMover({ source, target }, () => NOON);
  for (;;) {
    const { records } = await source.walk({ first: 1000 });
    const outcomes = await mover.handOver(records);
    if (outcomes.every((outcome) => outcome === 'there')) break;
  }
  const { records } = await target.walk({ first: 1000 });
  await mover.endFences(records);
}
