/** Seeded randomness: the same seed gives the same arrivals, choices and orders, so a run can be repeated. */
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

/** @param seed any text or number; texts are hashed, so "7/get/3" gives a stream of its own */
export function createRandom(seed: string | number): Random {
  const generator = xoroshiro128plus(typeof seed === 'number' ? seed : hash(seed));
  const next = () => uniformFloat64(generator);
  const integer = (minimum: number, maximum: number) =>
    minimum + Math.floor(next() * (maximum - minimum + 1));
  return {
    next,
    integer,
    pick(list) {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list');
      return list[integer(0, list.length - 1)] as (typeof list)[number];
    },
    exponential: (rate) => -Math.log(1 - next()) / rate,
    shuffle(list) {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i -= 1) {
        const j = integer(0, i);
        [copy[i], copy[j]] = [copy[j] as (typeof copy)[number], copy[i] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
