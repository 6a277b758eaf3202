/** The checker itself, on the smallest of objects: a register. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHistory, mustBeLinearizable, type Call, type Model } from './linearizability.ts';

interface Access {
  /** Absent: reads. */
  readonly write?: number;
}
/** A write changes it also where the value stays: it has been written once more. */
interface Written {
  readonly value: number;
  readonly times: number;
}
const register: Model<Written, Access, number> = {
  initial: { value: 0, times: 0 },
  step({ value, times }, { write }, answer) {
    if (write !== undefined) return [{ value: write, times: times + 1 }];
    return answer === undefined || answer === value ? [{ value, times }] : [];
  },
  key: ({ value, times }) => `${value} ${times}`,
};

const write = (value: number, called: number, returned: number): Call<Access, number> => ({
  input: { write: value },
  called,
  returned,
  ...(returned < Infinity && { answer: value }),
});
const read = (answer: number, called: number, returned: number): Call<Access, number> => ({
  input: {},
  answer,
  called,
  returned,
});
const fits = (...calls: Call<Access, number>[]) => checkHistory(register, calls).linearizable;

describe('a register', () => {
  it('may be read as it was or as it is while it is being written', () => {
    expect(fits(write(1, 1, 6), read(0, 2, 3), read(1, 4, 5))).toBe(true);
    expect(fits(write(1, 1, 6), read(1, 2, 3), read(0, 4, 5))).toBe(false);
  });

  it('may not be read as it was afterwards', () => {
    expect(fits(write(1, 1, 2), read(0, 3, 4))).toBe(false);
    expect(fits(write(1, 1, 2), write(2, 3, 4), read(1, 5, 6))).toBe(false);
  });

  it('is written by a call without an answer late, or never, and not twice', () => {
    const unheard = write(1, 1, Infinity);
    expect(fits(unheard, read(0, 2, 3))).toBe(true);
    expect(fits(unheard, read(0, 2, 3), read(1, 4, 5), read(1, 6, 7))).toBe(true);
    expect(fits(unheard, write(2, 2, 3), read(2, 4, 5), read(1, 6, 7), read(2, 8, 9))).toBe(false);
    expect(fits(read(1, 1, 2), write(1, 3, Infinity))).toBe(false);
  });

  it('is read by a call only after the one that it has to follow', () => {
    const effect = write(1, 1, 4);
    expect(fits(effect, { ...read(1, 1, 4), after: effect })).toBe(true);
    expect(fits(effect, { ...read(0, 1, 4), after: effect })).toBe(false);
  });
});

it('shows what fits nowhere', () => {
  const calls = [write(1, 1, 2), read(0, 3, 4)];
  expect(() => {
    mustBeLinearizable(register, calls);
  }).toThrow('Not linearizable. In order:\n  1–2 {"write":1} -> 1\nand then none of:\n  3–4 {} -> 0');
});

it('gives up rather than search for ever', () => {
  expect(() => checkHistory(register, [write(1, 1, 2), read(1, 3, 4)], 1)).toThrow('within 1 steps');
});

/** Every order of every choice of what took effect. */
function fitsByTrying(calls: readonly Call<Access, number>[], state = register.initial): boolean {
  if (calls.every(({ answer }) => answer === undefined)) return true;
  return calls.some((call, index) => {
    if (calls.some(({ returned }) => returned < call.called)) return false;
    const rest = calls.filter((_, other) => other !== index);
    return register.step(state, call.input, call.answer).some((next) => fitsByTrying(rest, next));
  });
}

it('agrees with trying every order', () => {
  const call = fc
    .record({ value: fc.integer({ min: 0, max: 2 }), writes: fc.boolean(), at: fc.nat(9), long: fc.nat(6) })
    .map(({ value, writes, at, long }) => {
      // Two calls never begin or end at one time: their bounds are halves, and told apart by what they are.
      const returned = writes && long === 6 ? Infinity : at + long + 0.5;
      return writes ? write(value, at, returned) : read(value, at, returned);
    });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(call, { maxLength: 6 }), (calls) => {
      const expected = fitsByTrying(calls);
      refused += expected ? 0 : 1;
      expect(fits(...calls)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(200);
});
