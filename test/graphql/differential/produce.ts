/** Values for a type, right and wrong, as thrown for a place in the answer. */
import { isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import { createDice, type Dice } from '../../support/dice.ts';
import { dump } from './dump.ts';
import { faultAt } from './faults.ts';
import type { Run, RunSettings } from './run.ts';
import { Color, oddities, wordless } from './scalars.ts';
import { createClockwork } from './timing.ts';

/** What an answer of an object's, an interface's or a union's type can be. */
const kinds: Record<string, readonly string[]> = {
  Node: ['A', 'B', 'C'],
  Thing: ['A', 'B'],
  Any: ['A', 'B', 'C'],
  Pair: ['B', 'D'],
};

/** A value of an object type. Its accessors and methods are what graphql-js's default resolver finds. */
export class Source {
  readonly kind: string;
  readonly place: string;
  readonly #run: () => Run;

  constructor(kind: string, place: string, run: () => Run) {
    this.kind = kind;
    this.place = place;
    this.#run = run;
  }

  get plain(): unknown {
    return this.#have('plain', 'String');
  }

  get nPlain(): unknown {
    return this.#have('nPlain', 'String');
  }

  get child(): unknown {
    return this.#have('child', 'A');
  }

  method(args: unknown, run: Run, info: { fieldName: string }): string {
    if (createDice(`${run.seed}/${this.place}/method`).chance(run.faults)) throw new TypeError('no method');
    return `${this.kind} ${dump(args)} ${info.fieldName}`;
  }

  #have(property: string, type: string): unknown {
    const run = this.#run();
    const place = `${this.place}/${property}`;
    const dice = createDice(`${run.seed}/${place}`);
    return soonOrLater(dice, place, run, () => one(type, dice, place, run));
  }
}

/** @param story the text that a field of type String answers */
export function produce(type: GraphQLOutputType, place: string, run: Run, story?: string): unknown {
  const dice = createDice(`${run.seed}/${place}`);
  return soonOrLater(dice, place, run, () => {
    if (dice.chance(run.faults)) return faultAt(place, dice);
    if (isNonNullType(type)) return inner(type.ofType as GraphQLOutputType, place, dice, run, story);
    if (dice.chance(0.07)) return dice.pick([null, undefined]);
    return inner(type, place, dice, run, story);
  });
}

function soonOrLater(dice: Dice, place: string, run: Run, value: () => unknown): unknown {
  if (run.timing === 'sync' || !dice.chance(0.35)) return value();
  return run.clockwork.later(place, () => {
    run.calls.push(`${place} settles`);
    return value();
  });
}

function inner(type: GraphQLOutputType, place: string, dice: Dice, run: Run, story?: string): unknown {
  if (!isListType(type)) return story ?? one(String(type), dice, place, run);
  const items = Array.from({ length: dice.below(4) }, (_, index) =>
    produce(type.ofType as GraphQLOutputType, `${place}.${index}`, run),
  );
  return dice.pick([items, items, items, new Set(items), iterable(items)]);
}

function iterable(items: readonly unknown[]): Iterable<unknown> {
  return {
    *[Symbol.iterator]() {
      yield* items;
    },
  };
}

function one(type: string, dice: Dice, place: string, run: Run): unknown {
  switch (type) {
    case 'Int':
      return dice.pick<unknown>([0, 1, -7, 2 ** 31 - 1, '12', true, 3]);
    case 'Float':
      return dice.pick<unknown>([0, -0, 1.5, 1e21, 1e-7, '2.5', false, 10]);
    case 'Boolean':
      return dice.pick<unknown>([true, false, 0, 1]);
    case 'ID':
      return dice.pick<unknown>(['id', 12, `at ${place}`, '', 2 ** 40]);
    case 'String':
      return dice.pick<unknown>([`at ${place}`, 'ü "\\\u2028\u0007\ud800', '', 5, true]);
    case 'Color':
      return dice.pick(Color.getValues()).value;
    case 'Odd':
      return dice.pick(Object.keys(dice.chance(0.1) ? wordless : oddities));
    default:
      return anObject(type, dice, place, run);
  }
}

function anObject(type: string, dice: Dice, place: string, run: Run): unknown {
  const kind = dice.pick(kinds[type] ?? [type]);
  const source = new Source(kind, place, () => run);
  if (dice.chance(0.4)) return Object.assign(source, { __typename: dice.chance(run.faults) ? 'Nope' : kind });
  return source;
}

export function createRun(settings: RunSettings): Run {
  const calls: string[] = [];
  const clockwork = createClockwork(settings.timing, settings.seed);
  const run: Run = { ...settings, clockwork, calls, root: new Source('root', '', () => run) };
  return run;
}
