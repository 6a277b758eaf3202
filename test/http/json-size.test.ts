import { expect, it } from 'vitest';
import { countValues, MOST_VALUES, tooManyValues } from '../../src/http/json-size.ts';

/** Of what JSON.parse makes of it: the rule, by another way. */
function count(value: unknown): number {
  const left = [value];
  let sum = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    sum += 1;
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) sum += Object.keys(next).length;
    left.push(...(Object.values(next) as unknown[]));
  }
  return sum;
}

const some = (length: number, each: (at: number) => unknown) => Array.from({ length }, (_, at) => each(at));
const kinds: [string, (length: number) => unknown][] = [
  ['objects', (length) => some(length, () => ({}))],
  ['lists', (length) => some(length, () => [])],
  ['numbers', (length) => some(length, (at) => at * -1.5e30)],
  ['strings with all that stands between values', (length) => some(length, () => '\\"[{,:}]\\\\" "')],
  ['words', (length) => some(length, (at) => [true, false, null][at % 3])],
  ['members', (length) => Object.fromEntries(some(length, (at) => [`k"${at}`, at]) as [string, unknown][])],
  ['levels', (length) => JSON.parse('['.repeat(length) + ']'.repeat(length)) as unknown],
];

it.each(kinds)('counts %s as they are parsed', (_kind, make) => {
  const first = count(make(1));
  const each = count(make(2)) - first;
  const length = 1 + Math.floor((MOST_VALUES - first) / each);
  for (const blanks of [0, 2]) {
    const text = (of: number) => `${' '.repeat(MOST_VALUES)}${JSON.stringify(make(of), null, blanks)}`;
    expect(countValues(text(length))).toBe(count(make(length)));
    expect(tooManyValues('It', text(length))).toBeUndefined();
    expect(tooManyValues('It', text(length + 1))).toBe(
      `It may have at most 3000 values and names, but has ${count(make(length + 1))}.`,
    );
  }
});

it('leaves room for the largest input, and for any text', () => {
  const items = some(500, (at) => ({ productId: String(at), quantity: 9999 }));
  const query = 'mutation ($input: AddCartItemsInput!) { addCartItems(input: $input) { cart { id } } }';
  expect(
    tooManyValues('It', JSON.stringify({ query, variables: { input: { cartId: 'x', items } } })),
  ).toBeUndefined();
  expect(tooManyValues('It', JSON.stringify({ query: '{"[,'.repeat(20_000) }))).toBeUndefined();
});

it('looks at nothing that is too short, and at each character once', () => {
  let looks = 0;
  const watch = (text: string) =>
    ({
      length: text.length,
      charCodeAt: (at: number) => {
        looks += 1;
        return text.charCodeAt(at);
      },
      indexOf: (...of: [string, number]) => text.indexOf(...of),
    }) as unknown as string;
  countValues(watch('['.repeat(MOST_VALUES)));
  expect(looks).toBe(0);
  for (const text of [
    '\\'.repeat(90_000),
    `"${'\\'.repeat(90_000)}"`,
    `"${'\\"'.repeat(45_000)}"`,
    ' '.repeat(90_000),
  ]) {
    looks = 0;
    countValues(watch(text));
    expect(looks).toBeLessThanOrEqual(text.length * 2);
  }
});
