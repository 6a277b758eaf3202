import { describe, expect, it } from 'vitest';
import { checkProduct, MAX_DESCRIPTION, MAX_LABEL, type Product } from '../../src/cart/product.ts';
import { InputError } from '../../src/cart/input-error.ts';
import { MAX_PRICE } from '../../src/cart/money.ts';

const product = (parts: Partial<Omit<Product, 'price'>> = {}, amount = 2999): Product => ({
  id: '1',
  name: 'Kettle',
  price: { amount, currency: 'USD' },
  ...parts,
});
const check = (parts?: Partial<Omit<Product, 'price'>>, amount?: number) => () => {
  checkProduct(product(parts, amount), 'products[3]');
};

describe('a product', () => {
  it.each([
    product(),
    product({}, 0),
    product({}, MAX_PRICE),
    product({ name: '', category: '', brand: '', description: '' }),
    product({
      id: 'gid://shop/ProductVariant/42',
      url: '/p/42',
      imageUrl: 'https://cdn.example.com/42.png?w=1',
    }),
    product({ name: 'x'.repeat(255) }),
    product({ name: '🛒'.repeat(100) }),
    product({ category: 'x'.repeat(MAX_LABEL), description: '漢'.repeat(MAX_DESCRIPTION) }),
  ])('within the limits is taken', (good) => {
    expect(() => {
      checkProduct(good, 'product');
    }).not.toThrow();
  });

  it.each<[string, () => void]>([
    ['products[3].id must be at least 1', check({ id: '0' })],
    ['products[3].id must have 1 to 128 visible ASCII characters without ~', check({ id: 'a~b' })],
    ['products[3].url must begin with https://', check({ url: 'javascript:alert(1)' })],
    ['products[3].imageUrl must begin with https://', check({ imageUrl: '//evil.example/x.png' })],
    ['products[3].imageUrl must begin with https://', check({ imageUrl: 'https://a b' })],
    ['products[3].url must have at most 2048', check({ url: `/${'x'.repeat(2048)}` })],
    ['products[3].name must have at most 255 characters', check({ name: 'x'.repeat(256) })],
    ['products[3].name must have at most 400 bytes', check({ name: '漢'.repeat(134) })],
    ['products[3].name must have at most 400 bytes', check({ name: '🛒'.repeat(101) })],
    ['products[3].name must be well-formed', check({ name: 'k\ud800' })],
    ['products[3].name must be well-formed', check({ name: 'k\0' })],
    [
      'products[3].price must be from 0 to 100000000 minor units, but was 9999999999',
      check({}, 9_999_999_999),
    ],
    ['products[3].price must be from 0', check({}, -1)],
    ['products[3].price must be from 0', check({}, 0.5)],
    ['products[3].category must have at most 255', check({ category: 'x'.repeat(256) })],
    ['products[3].brand must have at most 255', check({ brand: 'x'.repeat(256) })],
    ['products[3].description must have at most 5000', check({ description: 'x'.repeat(5001) })],
  ])('beyond them is refused: %s', (message, act) => {
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  });
});
