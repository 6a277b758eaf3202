/** Histories of random faults: what was acknowledged happened once, and nothing else more than once. */
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
      const added = await Promise.allSettled(
        adds.map((process, index) => {
          const items = [{ productId: 1, quantity: 3 ** index }];
          return (processes[process] as (typeof processes)[number]).carts.addItems(id, items, caller);
        }),
      );
      const effects = (await test.quantityOf(id)) - EMPTY;
      added.forEach((result, index) => {
        const times = Math.floor(effects / 3 ** index) % 3;
        if (result.status === 'fulfilled') expect(times).toBe(1);
        else {
          expect(times).toBeLessThanOrEqual(1);
          expect(result.reason).toMatchObject({
            name: expect.stringMatching(/^(Timeout|InternalServer)Error$/) as string,
          });
        }
      });
      expect(effects).toBeLessThan(3 ** adds.length);
    }),
    { numRuns: 10 },
  );
});
