import { expect, it } from 'vitest';
import { measureRequestUnits } from '../compare/request-units.ts';

it('measures what the formula says, and merges as transactions', { timeout: 120_000 }, async ({ skip }) => {
  const units = await measureRequestUnits(1);
  if (units === undefined) return skip('there is no embedded DynamoDB for this platform');
  const { operations, formula, merge, cartBytes } = units;
  expect(operations).toEqual(formula);
  expect(cartBytes).toBeGreaterThan(1024);
  // One consistent read of a cart below 4 KB, and, for an item, half a unit for its product.
  expect([operations.update.read, operations.add.read]).toEqual([1, 1.5]);
  expect(operations.get).toEqual({ read: 0.5, write: 0 });
  expect(merge?.measured).toEqual(merge?.formula);
});
