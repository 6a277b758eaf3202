/** Seeded randomness: the same seed gives the same arrivals, choices and orders, so a run can be repeated. */
import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** @param seed any text: "7/get/3" gives a stream of its own */
export function createRandom(seed: string) {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE());
  /** Uniform in [0, 1). */
  const next = () => uniformFloat64(generator);
  /** A whole number from `minimum` to `maximum`, both included. */
  const integer = (minimum: number, maximum: number) =>
    minimum + Math.floor(next() * (maximum - minimum + 1));
  return {
    next,
    integer,
    /** One element; throws on an empty list. */
    pick<T>(list: readonly T[]) {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list');
      return list[integer(0, list.length - 1)] as T;
    },
    /** The time to the next event of a Poisson process with this many events per unit of time. */
    exponential: (rate: number) => -Math.log(1 - next()) / rate,
    /** A shuffled copy. */
    shuffle: <T>(list: readonly T[]): T[] =>
      list
        .map((element) => ({ element, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ element }) => element),
  };
}
export type Random = ReturnType<typeof createRandom>;
