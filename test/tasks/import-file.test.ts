import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/cart/product.ts';
import { importProducts, withdrawOthers } from '../../src/tasks/catalogue/import-file.ts';
import { writeLines } from '../../src/tasks/catalogue/export-file.ts';
import { createMemoryCatalog, product } from '../support/memory-catalog.ts';

const many = (count: number) => Array.from({ length: count }, (_, at) => product(at + 1));
async function* stream(products: readonly Product[]) {
  for (const one of products) yield await Promise.resolve(one);
}

/** A catalogue that fails at its n-th change. */
function failing(products: readonly Product[], at: number) {
  const catalog = createMemoryCatalog(new Map(products.map((one) => [one.id, one])));
  let changes = 0;
  const orFail = () => {
    changes += 1;
    return changes === at ? Promise.reject(new Error('connection lost')) : undefined;
  };
  return {
    ...catalog,
    upsert: (list: readonly Product[]) => orFail() ?? catalog.upsert(list),
    withdraw: (ids: readonly string[]) => orFail() ?? catalog.withdraw(ids),
  };
}

describe('an import', () => {
  it('tells how many are in, and of a failure how far it came', async () => {
    const told: number[] = [];
    await importProducts(failing([], 9), stream(many(2300)), (count) => told.push(count));
    expect(told).toEqual([1000, 2000, 2300]);
    await expect(importProducts(failing([], 3), stream(many(2300)), () => undefined)).rejects.toThrow(
      'connection lost; 2,000 products were in by then: running it again is safe',
    );
  });

  it('withdraws exactly the others, and tells how far that came', async () => {
    const kept = new Map([
      ['7', 1],
      ['250', 2],
    ]);
    const catalog = failing(many(300), 99);
    const told: number[] = [];
    expect(await withdrawOthers(catalog, kept, (count) => told.push(count))).toBe(298);
    expect(told).toEqual([100, 200, 298]);
    expect((await catalog.list({ first: 100 })).entries.map(({ id }) => id)).toEqual(['7', '250']);
    expect(await withdrawOthers(catalog, kept)).toBe(0);
    await expect(withdrawOthers(failing(many(300), 2), kept)).rejects.toThrow(
      'connection lost; all products of the file are in, 100 others were withdrawn by then: running it again is safe',
    );
  });

  it('is undone by nothing that export writes', async () => {
    const products = [
      { ...product('a,b'), name: 'one "two"\r\nthree', url: '/p?a=1,2' },
      { ...product(10), price: { amount: 5, currency: 'KWD' } },
    ];
    const catalog = createMemoryCatalog(new Map(products.map((one) => [one.id, one])));
    const written = async (format: 'csv' | 'jsonl') => {
      const lines: string[] = [];
      for await (const line of writeLines(catalog, format, () => undefined)) lines.push(line);
      return lines;
    };
    expect((await written('csv')).slice(1)).toEqual([
      '10,Product 10,0.005,KWD,,,,,\n',
      '"a,b","one ""two""\r\nthree",1.00,USD,,,,,"/p?a=1,2"\n',
    ]);
    expect((await written('jsonl')).map((line) => JSON.parse(line) as unknown)).toEqual([
      { id: '10', name: 'Product 10', price: '0.005', currency: 'KWD' },
      { id: 'a,b', name: 'one "two"\r\nthree', price: '1.00', currency: 'USD', url: '/p?a=1,2' },
    ]);
  });
});
