/** Faults that do not go away end in a clear error, and leave at most the one effect. */
import { describe, expect, it } from 'vitest';
import { UnknownOutcome } from '../../../src/changes/unknown-outcome.ts';
import type { Fault } from '../../support/dynamodb-proxy.ts';
import { caller, openFaultyCarts, PRODUCT, refused, stalledAnswer, stalledRequest } from './faulty-carts.ts';

const test = openFaultyCarts();

describe.concurrent('a clear error when the budget is spent', () => {
  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException'])(
    '%s at every attempt',
    async (name) => {
      const { proxy, carts } = await test.open();
      const id = await test.newCart();
      proxy.injectAlways('PutItem', refused(name));
      await expect(carts.addItems(id, [PRODUCT], caller)).rejects.toMatchObject({ name });
      expect(proxy.operations()).toEqual(['GetItem', 'PutItem', 'PutItem', 'PutItem']);
      expect(await test.quantityOf(id)).toBe(1);
    },
  );

  const endless: [string, string, Fault, number][] = [
    ['loads stall', 'GetItem', stalledRequest, 1],
    ['commits stall', 'PutItem', stalledRequest, 1],
    ['answers to commits stall', 'PutItem', stalledAnswer, 2],
    ['transactions are in the way', 'PutItem', refused('TransactionConflictException'), 1],
  ];
  it.each(endless)(
    'the reason of the request’s signal when all %s',
    async (_, operation, fault, quantity) => {
      const { proxy, carts } = await test.open();
      const id = await test.newCart();
      const deadline = new AbortController();
      const reason = new Error('The request took too long');
      proxy.injectAlways(operation, fault);
      const call = carts.addItems(id, [PRODUCT], { ...caller, signal: deadline.signal });
      call.catch(() => undefined); // looked at below
      await expect.poll(() => proxy.operations(), { timeout: 10_000 }).toContain(operation);
      deadline.abort(reason);
      await expect(call).rejects.toBe(reason);
      await proxy.settled();
      expect(await test.quantityOf(id)).toBe(quantity);
    },
  );

  it('a timeout when the endpoint never answers', async () => {
    const { proxy, carts } = await test.open({ requestTimeout: 100 });
    const id = await test.newCart();
    proxy.injectAlways('GetItem', stalledRequest);
    await expect(carts.addItems(id, [PRODUCT], caller)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(proxy.operations()).toEqual(['GetItem', 'GetItem', 'GetItem']);
  });

  it('an unknown outcome when the time ends and every answer was lost, with one effect', async () => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    const deadline = new AbortController();
    // Once the commit was carried out the cart cannot be read either; it is the second time that it is.
    const unreadable = () => {
      proxy.injectAlways('GetItem', refused('InternalServerError', 500));
      return Promise.resolve();
    };
    proxy.injectAlways('PutItem', { kind: 'cut', when: 'after', meanwhile: unreadable });
    const call = carts.addItems(id, [PRODUCT], { ...caller, signal: deadline.signal });
    call.catch(() => undefined); // looked at below
    await expect
      .poll(() => proxy.operations().filter((operation) => operation === 'GetItem').length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(1);
    deadline.abort(new Error('The request took too long'));
    await expect(call).rejects.toThrow(UnknownOutcome);
    expect(await test.quantityOf(id)).toBe(2);
  });
});
