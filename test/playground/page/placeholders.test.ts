import { expect, it } from 'vitest';
import { examples } from '../../../src/playground/examples.ts';
import { cartToKeep, fillPlaceholders } from '../../../src/playground/page/placeholders.ts';

const id = '7b4f9d2e-3c51-4a8e-9f60-1d2c3b4a5968';
const fill = (text: string) => fillPlaceholders(text, (name) => (name === 'cartId' ? id : null), examples);

it('puts kept ids in place of placeholders, where they are whole values', () => {
  expect(fill('{"input": {"cartId": "{{cartId}}", "note": "see {{cartId}}"}}')).toEqual({
    input: { cartId: id, note: 'see {{cartId}}' },
  });
  expect(fill('')).toEqual({});
});

it('says which example to run first', () => {
  expect(() => fill('{"id": "{{guestCartId}}"}')).toThrow('run GuestCart first');
  expect(() => fill('{"id": "{{other}}"}')).toThrow('"{{other}}" is not a placeholder');
});

it('says what is wrong with variables', () => {
  expect(() => fill('{"id": ')).toThrow(/^The variables are no JSON: /);
  expect(() => fill('[1]')).toThrow('The variables must be a JSON object');
});

it('keeps the cart of an example that makes one, whatever the mutation', () => {
  const data = { openCart: { cart: { id } } };
  expect(cartToKeep('CreateCart', data, examples)).toEqual({ name: 'cartId', id });
  expect(cartToKeep('GetCart', data, examples)).toBeUndefined();
  expect(cartToKeep('CreateCart', { createCart: { cart: null } }, examples)).toBeUndefined();
  expect(cartToKeep('CreateCart', null, examples)).toBeUndefined();
});
