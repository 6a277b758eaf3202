/** Histories of random faults: with time enough, every change is made and happens once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fault } from '../../support/dynamodb-proxy.ts';
import { caller, lostAnswer, lostRequest, openFaultyCarts, refused } from './faulty-carts.ts';

const test = openFaultyCarts();

/** Undefined: none. */
const fault = fc.constantFrom<(Fault | undefined)[]>(
  undefined,
  undefined,
  lostAnswer,
  lostRequest,
  refused('TransactionConflictException'),
  refused('InternalServerError', 500),
  { kind: 'twice' },
);
/** The quantity before the first add. */
const EMPTY = 1;
const nothing: Fault = { kind: 'alter', request: (body) => body };

it('counts every add once, of two processes at a time', async () => {
  const history = fc.record({
    adds: fc.array(fc.nat({ max: 1 }), { minLength: 2, maxLength: 8 }),
    faults: fc.array(fc.array(fault, { maxLength: 10 }), { minLength: 2, maxLength: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ adds, faults }) => {
      const processes = [await test.open(), await test.open()];
      const id = await test.newCart();
      processes.forEach(({ proxy }, index) => {
        proxy.injectOnce('PutItem', ...(faults[index] ?? []).map((planned) => planned ?? nothing));
      });
      // Powers of three: each digit of the stored quantity tells how often one of the adds took effect.
      const outcomes = await Promise.all(
        adds.map((process, index) => {
          const items = [{ productId: '1', quantity: 3 ** index }];
          return (processes[process] as (typeof processes)[number]).carts.addItems(id, items, caller);
        }),
      );
      expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
      const effects = (await test.quantityOf(id)) - EMPTY;
      adds.forEach((_, index) => {
        expect(Math.floor(effects / 3 ** index) % 3).toBe(1);
      });
      expect(effects).toBeLessThan(3 ** adds.length);
    }),
    { numRuns: 10 },
  );
});
