/** A merge, which is one transaction, takes effect once, whatever DynamoDB or the way to it does. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../support/dynamodb-proxy.ts';
import {
  caller,
  cancelled,
  IMPATIENT,
  lostAnswer,
  lostRequest,
  openFaultyCarts,
  refused,
  stalledAnswer,
} from './faulty-carts.ts';

const test = openFaultyCarts();
const inTheWay = cancelled('TransactionConflict', 'None');
const inTheWayOfTheOther = cancelled('None', 'TransactionConflict');
/** As if DynamoDB had forgotten the token of the first attempt, which it does after ten minutes. */
const forgottenToken: Fault = {
  kind: 'alter',
  request: (body) => ({ ...body, ClientRequestToken: randomUUID() }),
};

describe.concurrent.each([
  ['with an idempotency key', true],
  ['without an idempotency key', false],
])('one effect of a merge %s', (_, keyed) => {
  const terms = () => ({ ...caller, ...(keyed && { idempotencyKey: randomUUID() }) });

  const cases: [string, Fault[], object?][] = [
    ['the answer is lost', [lostAnswer]],
    ['the request is lost', [lostRequest]],
    ['the answer stalls', [stalledAnswer], IMPATIENT],
    ['the answer is lost and the token forgotten', [lostAnswer, forgottenToken]],
    ['another transaction is in the way', [inTheWay]],
    ['other transactions are in the way', [inTheWay, inTheWayOfTheOther, inTheWay, inTheWayOfTheOther]],
    ['the answer is lost, then a transaction is in the way', [lostAnswer, inTheWay]],
    ['one of its writes is throttled', [cancelled('None', 'ThrottlingError')]],
    ['one of its writes exceeds the throughput', [cancelled('ProvisionedThroughputExceeded', 'None')]],
    ['it is throttled', [refused('ProvisionedThroughputExceededException')]],
    ['every answer is lost', [lostAnswer, lostAnswer, lostAnswer]],
    ['every request is lost', [lostRequest, lostRequest, lostRequest]],
    ['it is delivered twice', [{ kind: 'twice' }]],
    ['it is delivered twice and its token forgotten', [lostAnswer, forgottenToken, forgottenToken]],
    ['it is still in progress at the repetition', [lostAnswer, refused('TransactionInProgressException')]],
  ];
  it.each(cases)('when %s', async (_, faults, patience) => {
    const { proxy, carts } = await test.open(patience);
    const [source, target] = [await test.newCart(3), await test.newCart(4)];
    proxy.injectOnce('TransactWriteItems', ...faults);
    const input = { sourceCartId: source, targetCartId: target, strategy: 'SUM' } as const;
    expect((await carts.mergeCarts(input, terms())).problems).toEqual([]);
    expect(await test.others.findCarts([target, source], caller)).toMatchObject([
      { version: 2, items: [{ quantity: 7 }] },
      { version: 2, status: 'MERGED', items: [], mergedIntoCartId: target },
    ]);
  });

  it.each([
    ['answered as a repetition', []],
    ['its token forgotten', [forgottenToken]],
  ])('when 20 other commits follow a lost answer, %s', async (_, faults) => {
    const { proxy, carts } = await test.open();
    const [source, target] = [await test.newCart(3), await test.newCart(4)];
    const meanwhile = test.addTimes(target, 20);
    proxy.injectOnce('TransactWriteItems', { kind: 'cut', when: 'after', meanwhile }, ...faults);
    const input = { sourceCartId: source, targetCartId: target, strategy: 'SUM' } as const;
    expect((await carts.mergeCarts(input, terms())).problems).toEqual([]);
    expect(await test.quantityOf(target)).toBe(3 + 4 + 20);
  });

  it('none when a write is throttled at every attempt, and an error', async () => {
    const { proxy, carts } = await test.open();
    const [source, target] = [await test.newCart(3), await test.newCart(4)];
    proxy.injectAlways('TransactWriteItems', cancelled('None', 'ThrottlingError'));
    const input = { sourceCartId: source, targetCartId: target, strategy: 'SUM' } as const;
    const merge = carts.mergeCarts(input, terms());
    await expect(merge).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    const tokens = proxy.requests.slice(1).map(({ body }) => body['ClientRequestToken']);
    expect(tokens).toEqual(Array(3).fill(tokens[0]));
    expect(await test.quantityOf(target)).toBe(4);
  });
});
