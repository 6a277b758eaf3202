/** What a resolver can do wrong. */
import { GraphQLError, Source } from 'graphql';
import type { Dice } from '../../support/dice.ts';

/** Thrown in many places, as a constant of a module would be. */
const shared = new Error('thrown everywhere');
const sharedGraphQL = new GraphQLError('thrown everywhere, of GraphQL', { extensions: { code: 'SHARED' } });

/** Each makes something to be thrown: errors, and what is none. */
const thrown: readonly ((place: string) => unknown)[] = [
  (place) => new Error(`broken at ${place}`),
  (place) => new TypeError(`wrong at ${place}`, { cause: 'unknown' }),
  (place) =>
    new GraphQLError(`refused at ${place}`, { extensions: { code: 'REFUSED', list: [1, { a: 2 }] } }),
  (place) => Object.assign(new Error(`with extensions at ${place}`), { extensions: { code: 'PLAIN' } }),
  (place) => new GraphQLError(`wrapped at ${place}`, { originalError: new RangeError('inside') }),
  (place) =>
    new GraphQLError(`located at ${place}`, {
      path: ['else', 'where'],
      source: new Source('a\nb'),
      positions: [2],
    }),
  (place) => new GraphQLError(`placed at ${place}`, { source: new Source('one\ntwo'), positions: [5] }),
  () => shared,
  () => sharedGraphQL,
  (place) => `a text at ${place}`,
  () => undefined,
  () => null,
  () => 42,
  (place) => ({ message: `no error at ${place}` }),
  () => new Error(''),
];

/** Values that fit few types or none. */
const wrong: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => NaN,
  () => Infinity,
  () => 2 ** 31,
  () => -(2 ** 31) - 1,
  () => 1.5,
  () => 'text',
  () => '',
  () => true,
  () => Symbol('s'),
  () => () => 'called',
  () => [],
  () => [1, 'x', null],
  () => ({}),
  () => ({ valueOf: () => 3 }),
  () => ({ toJSON: () => 'as JSON' }),
  () => Object.create(null) as unknown,
  () => new Map([['key', 1]]),
  () => new Date(0),
  () => ({ length: 1, 0: 'array-like' }),
  () => ({ __typename: 'A' }),
  () => ({ __typename: 'Mutation' }),
  () => ({
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(1);
    },
  }),
];

/** Iterables whose iteration breaks off. */
function breakingOff(place: string): Iterable<unknown> {
  return {
    *[Symbol.iterator]() {
      yield 1;
      throw new Error(`broke off at ${place}`);
    },
  };
}

/** A wrong value, or an error: returned or thrown. */
export function faultAt(place: string, dice: Dice): unknown {
  if (dice.chance(0.35)) return dice.pick(wrong)();
  if (dice.chance(0.05)) return breakingOff(place);
  const error = dice.pick(thrown)(place);
  if (error instanceof Error && dice.chance(0.25)) return error;
  throw error;
}
