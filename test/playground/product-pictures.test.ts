import { describe, expect, it } from 'vitest';
import { findProductPicture } from '../../src/playground/product-pictures.ts';
import { demoCatalog } from '../../src/stores/demo-catalog.ts';
import { checkProduct } from '../../src/cart/product.ts';

async function get(path: string, headers: Record<string, string> = {}) {
  const route = findProductPicture(path);
  return typeof route === 'object' ? route.handle({ method: 'GET', path, headers }) : undefined;
}

describe('the pictures of the demo catalogue', () => {
  it('are there for each product, small and the same at every call', async () => {
    const products = demoCatalog('USD');
    for (const { imageUrl = '' } of products.filter((_, at) => at % 97 === 0 || at > 9990)) {
      const answer = await get(imageUrl);
      expect(answer).toEqual(await get(imageUrl));
      expect(answer?.status, imageUrl).toBe(200);
      expect(answer?.headers['content-type']).toBe('image/svg+xml');
      expect(answer?.body.length).toBeLessThan(1000);
      expect(answer?.body).not.toMatch(/script|href|style|COLOUR|NaN/);
    }
    expect(new Set(products.map(({ imageUrl }) => imageUrl)).size).toBe(products.length);
    const drawn = await Promise.all(products.slice(0, 50).map(({ imageUrl = '' }) => get(imageUrl)));
    expect(new Set(drawn.map((answer) => answer?.body)).size).toBe(50);
  });

  it('may do nothing, and may be shown anywhere', async () => {
    const answer = await get('/playground/products/kettle-42.svg');
    expect(answer?.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const etag = answer?.headers['etag'] ?? '';
    const again = await get('/playground/products/kettle-42.svg', { 'if-none-match': `W/${etag}` });
    expect([again?.status, again?.body]).toEqual([304, '']);
  });

  it.each([
    '/playground/products/kettle-0.svg',
    '/playground/products/kettle-100000.svg',
    '/playground/products/constructor-1.svg',
    '/playground/products/kettle-1.png',
    '/playground/products/kettle-1.svg/',
    '/playground/products/',
    '/elsewhere',
  ])('are not at %s', (path) => {
    expect(findProductPicture(path)).toBeUndefined();
  });
});

describe('the demo catalogue', () => {
  it.each(['USD', 'JPY', 'KWD'])('is within the limits in %s', (currency) => {
    const products = demoCatalog(currency);
    products.forEach((product) => {
      checkProduct(product, 'product');
    });
    expect(products[0]?.price).toEqual({ amount: 2999, currency });
    expect(products.map(({ id }) => id).slice(0, 3)).toEqual(['1', '2', '3']);
  });

  it('has its pictures under a prefix, or none', () => {
    expect(demoCatalog('USD', '/shop')[0]?.imageUrl).toBe('/shop/playground/products/widget-1.svg');
    expect(demoCatalog('USD', false)[0]).not.toHaveProperty('imageUrl');
  });
});
