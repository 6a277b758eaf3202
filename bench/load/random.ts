/** Seeded randomness: the same seed gives the same arrivals, choices and orders, so a run can be repeated. */
import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `minimum` to `maximum`, both included. */
  integer(minimum: number, maximum: number): number;
  /** One element; throws on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** The time to the next event of a Poisson process with this many events per unit of time. */
  exponential(rate: number): number;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
}

/** @param seed any text: "7/get/3" gives a stream of its own */
export function createRandom(seed: string): Random {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE());
  const next = () => uniformFloat64(generator);
  const integer = (minimum: number, maximum: number) =>
    minimum + Math.floor(next() * (maximum - minimum + 1));
  return {
    next,
    integer,
    pick<T>(list: readonly T[]) {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list');
      return list[integer(0, list.length - 1)] as T;
    },
    exponential: (rate) => -Math.log(1 - next()) / rate,
    shuffle: (list) =>
      list
        .map((element) => ({ element, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ element }) => element),
  };
}
