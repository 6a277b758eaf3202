import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemId, itemKey } from '../../client/src/index.ts';
import { sha256 } from '../../client/src/sha256.ts';
import { toAttributes } from '../../src/cart/attributes.ts';
import { itemKey as keyOfService } from '../../src/cart/item-key.ts';
import { itemKeyVectors } from '../support/item-key-vectors.ts';

it.each(itemKeyVectors)('the key is $key', ({ item, key }) => {
  expect(itemKey(item)).toBe(key);
  expect(itemId('c', item)).toBe(`c:${key}`);
});

it('an item without attributes and one with none have the same key', () => {
  for (const attributes of [[], null, undefined]) expect(itemKey({ productId: '7', attributes })).toBe('7');
});

it('is the service’s, for attributes in any order', () => {
  const attribute = fc.record({
    key: fc.string({ minLength: 1, maxLength: 64 }),
    value: fc.string({ maxLength: 100 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(attribute, { maxLength: 5, selector: ({ key }) => key }), (attributes) => {
      const kept = toAttributes(attributes, 'item', 'attributes');
      expect(itemKey({ productId: 'p', attributes })).toBe(
        keyOfService({ productId: 'p', ...(kept && { attributes: kept }) }),
      );
    }),
  );
});

it('hashes as Node does, at every place of the end in a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    const expected = createHash('sha256').update(bytes).digest('hex');
    const words = [...sha256(bytes)].map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    expect(words.join('')).toBe(expected);
  }
});
