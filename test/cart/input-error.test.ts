import { describe, expect, it } from 'vitest';
import { InputError, quote } from '../../src/cart/input-error.ts';

/** Lists in lists, so many levels deep. */
const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

describe('a value in a message', () => {
  it.each([
    ['text', 'abc', '"abc"'],
    ['nothing', '', '""'],
    ['what was not given', undefined, 'not given'],
    ['null', null, 'null'],
    ['a number', 1e300, '1e+300'],
    ['no number', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a truth value', false, 'false'],
    ['a list', [1], 'a list'],
    ['a list in lists', nested(100_000), 'a list'],
    ['an object', { a: nested(100_000) }, 'an object'],
    ['60 characters', 'x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['one more', 'x'.repeat(61), `"${'x'.repeat(60)}"…`],
    ['lines and quotation marks', 'a\r\n"b"', '"a\\r\\n\\"b\\""'],
    ['half a pair', '\ud800', '"\\ud800"'],
    ['a pair that is cut in half', `${'x'.repeat(59)}😀`, `"${'x'.repeat(59)}\\ud83d"…`],
    [
      'what turns the line around, and what ends it',
      '\u202eabc\u2028\u0085',
      '"\\u{202e}abc\\u{2028}\\u{85}"',
    ],
    ['a mark that is not seen', '\ufeff{}', '"\\u{feff}{}"'],
  ])('is short and visible: %s', (_what, given, shown) => {
    expect(quote(given)).toBe(shown);
    expect(new InputError('id', 'must be a UUID', given).message).toBe(`id must be a UUID, but was ${shown}`);
  });
});
