/** What the register of the active cart finds out. */
import { expect, it } from 'vitest';
import { checkHistory, type Call } from './linearizability.ts';
import { openingModel, type OpeningAnswer, type OpeningCall } from './opening-model.ts';

const call = (
  input: OpeningCall,
  answer: OpeningAnswer,
  called: number,
  returned: number,
): Call<OpeningCall, OpeningAnswer> => ({ input, answer, called, returned });
const open = (own: string, active: string, called: number, returned: number) =>
  call({ do: 'open', own }, { active }, called, returned);
const checkOut = (cart: string, called: number, returned: number, codes: string[] = []) =>
  call({ do: 'checkOut', cart }, { codes }, called, returned);
const fits = (...calls: Call<OpeningCall, OpeningAnswer>[]) => checkHistory(openingModel, calls).linearizable;

it('takes one cart for all that ask at once', () => {
  expect(fits(open('a', 'a', 1, 5), open('b', 'a', 2, 4))).toBe(true);
  expect(fits(open('a', 'a', 1, 5), open('b', 'b', 2, 4))).toBe(false);
});

it('takes another one after a check-out, and not the same', () => {
  expect(fits(open('a', 'a', 1, 2), checkOut('a', 3, 6), open('b', 'b', 4, 5))).toBe(true);
  expect(fits(open('a', 'a', 1, 2), checkOut('a', 3, 4), open('b', 'a', 5, 6))).toBe(false);
  expect(fits(open('a', 'a', 1, 2), open('b', 'b', 3, 4), checkOut('a', 5, 6))).toBe(false);
});

it('takes no answer that was never right while it was waited for', () => {
  const find = (active: string | null, called: number) =>
    call({ do: 'find' }, { active }, called, called + 1);
  expect(fits(open('a', 'a', 1, 2), find('a', 3), checkOut('a', 5, 6), find(null, 7))).toBe(true);
  expect(fits(open('a', 'a', 1, 2), find(null, 3))).toBe(false);
  expect(fits(open('a', 'a', 1, 2), checkOut('a', 3, 4), find('a', 5))).toBe(false);
  expect(fits(open('a', 'a', 1, 2), checkOut('a', 3, 4, ['CART_NOT_ACTIVE']))).toBe(false);
});
