import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfAttributes, toAttributes, type Attribute } from '../../src/cart/attributes.ts';
import { InputError } from '../../src/cart/input-error.ts';

const attribute = fc.record({
  key: fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  value: fc.string({ maxLength: 20, unit: 'binary' }),
});
const list = fc
  .uniqueArray(attribute, { selector: ({ key }) => key, maxLength: 20 })
  .filter((all) => all.every(({ key, value }) => !`${key}${value}`.includes('\0')));
const of = (given: readonly Attribute[]) => toAttributes(given, 'item', 'input.attributes');

describe('attributes', () => {
  it('are the same in any order, sorted by UTF-16 code units', () => {
    fc.assert(
      fc.property(list, (given) => {
        const sorted = of(given) ?? [];
        expect(of([...given].reverse()) ?? []).toEqual(sorted);
        expect([...sorted.map(({ key }) => key)].sort()).toEqual(sorted.map(({ key }) => key));
        expect(new Map(sorted.map(({ key, value }) => [key, value]))).toEqual(
          new Map(given.map(({ key, value }) => [key, value])),
        );
      }),
    );
    expect(of([])).toBeUndefined();
  });

  it('have one text, that of pairs, without any normalisation', () => {
    const given = [
      { key: 'size', value: 'é' },
      { key: 'engraving', value: 'For "Ada"' },
    ];
    expect(textOfAttributes(of(given) ?? [])).toBe('[["engraving","For \\"Ada\\""],["size","é"]]');
    expect(textOfAttributes(of([{ key: 'size', value: 'e\u0301' }]) ?? [])).not.toBe(
      textOfAttributes(of([{ key: 'size', value: '\u00e9' }]) ?? []),
    );
  });

  it.each<[string, Attribute[]]>([
    [
      'input.attributes[1].key must have at least one character',
      [
        { key: 'a', value: '' },
        { key: '', value: '' },
      ],
    ],
    ['input.attributes[0].key must have at most 64 characters', [{ key: 'k'.repeat(65), value: '' }]],
    ['input.attributes[0].value must have at most 255 characters', [{ key: 'k', value: 'v'.repeat(256) }]],
    ['input.attributes[0].value must be well-formed Unicode without U+0000', [{ key: 'k', value: '\0' }]],
    ['input.attributes[0].key must be well-formed Unicode without U+0000', [{ key: '\ud800', value: '' }]],
    [
      'input.attributes must have each key once, but was "k twice"',
      [
        { key: 'k', value: '1' },
        { key: 'k', value: '1' },
      ],
    ],
    [
      'input.attributes must have at most 20 entries, but was 21',
      Array.from({ length: 21 }, (_, index) => ({ key: `k${index}`, value: '' })),
    ],
  ])('are refused: %s', (message, given) => {
    expect(() => of(given)).toThrow(InputError);
    expect(() => of(given)).toThrow(message);
  });

  it('of a cart may be 50, and characters beyond the first plane are one each', () => {
    const fifty = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '🛒'.repeat(255) }));
    expect(toAttributes(fifty, 'cart', 'attributes')).toHaveLength(50);
    expect(() => toAttributes([...fifty, { key: 'z', value: '' }], 'cart', 'attributes')).toThrow(
      'at most 50',
    );
  });
});
