import { expect, it } from 'vitest';
import { measureRequestUnits } from '../../bench/compare/request-unit-probe.ts';

it(
  'measures what the formula says, with every change loading its cart, and merges as transactions',
  { timeout: 120_000 },
  async () => {
    const units = await measureRequestUnits(1);
    if (units === undefined) return;
    const { operations, formula, merge, again, cartBytes } = units;
    expect(operations).toEqual(formula);
    expect(cartBytes).toBeGreaterThan(1024);
    // One consistent read of a cart below 4 KB, and, for an item, half a unit for its product.
    expect([operations.update.read, operations.add.read]).toEqual([1, 1.5]);
    expect(operations.get).toEqual({ read: 0.5, write: 0 });
    // A process may remember the cart, never the write.
    expect(again?.update.read).toBeLessThanOrEqual(operations.update.read);
    expect(again?.update.write).toBe(operations.update.write);
    expect(merge?.measured).toEqual(merge?.formula);
  },
);
