/** Changes of one cart take effect once, whatever DynamoDB or the way to it does. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { UnknownOutcome } from '../../../src/changes/unknown-outcome.ts';
import type { Fault } from '../../support/dynamodb-proxy.ts';
import {
  caller,
  IMPATIENT,
  lostAnswer,
  lostRequest,
  openFaultyCarts,
  PRODUCT,
  refused,
  stalledAnswer,
  stalledRequest,
} from './faulty-carts.ts';

const test = openFaultyCarts();
const inTheWay = refused('TransactionConflictException');
const failure = refused('InternalServerError', 500);
const throttled = refused('ThrottlingException');
const pass: Fault = { kind: 'alter', request: (body) => body };
/** Faults of which at least one leaves open whether the change was made. */
const losses: [string, Fault[]][] = [
  ['is lost', [lostAnswer]],
  ['is lost every time', [lostAnswer, lostAnswer, lostAnswer]],
  ['is lost because it was delivered twice', [{ kind: 'twice' }]],
];

describe.concurrent.each([
  ['with an idempotency key', true],
  ['without an idempotency key', false],
])('one effect %s', (_, keyed) => {
  const terms = () => ({ ...caller, ...(keyed && { idempotencyKey: randomUUID() }) });

  const cases: [string, Fault[], object?][] = [
    ['the answer is lost', [lostAnswer]],
    ['the answer is lost twice', [lostAnswer, lostAnswer]],
    ['the request is lost', [lostRequest]],
    ['the request is lost, then the answer', [lostRequest, lostAnswer]],
    ['the answer stalls', [stalledAnswer], IMPATIENT],
    ['the answer stalls half-way', [{ kind: 'stall in the body' }], IMPATIENT],
    ['the request stalls', [stalledRequest], IMPATIENT],
    ['throughput is exceeded', [refused('ProvisionedThroughputExceededException')]],
    ['the request is throttled', [refused('ThrottlingException')]],
    ['a transaction is in the way', [inTheWay]],
    ['transactions are in the way', [inTheWay, inTheWay, inTheWay, inTheWay, inTheWay]],
    ['the answer is lost, then a transaction is in the way', [lostAnswer, inTheWay]],
    ['the request is lost, then a transaction is in the way', [lostRequest, inTheWay]],
    ['the service fails after it has written', [lostAnswer, refused('InternalServerError', 500)]],
    ['every answer is lost', [lostAnswer, lostAnswer, lostAnswer]],
    ['every request is lost', [lostRequest, lostRequest, lostRequest, lostRequest]],
    ['all that comes of it is faults', [lostAnswer, failure, failure]],
    ['the answer is lost, then all is throttled', [lostAnswer, throttled, throttled]],
    ['it is delivered twice', [{ kind: 'twice' }]],
  ];
  it.each(cases)('when %s', async (_, faults, patience) => {
    const { proxy, carts } = await test.open(patience);
    const id = await test.newCart();
    proxy.injectOnce('PutItem', ...faults);
    const outcome = await carts.addItems(id, [PRODUCT], terms());
    expect(outcome.problems).toEqual([]);
    // A key tells one's own commit, delivered twice, from a rival's with the same key no better than the rival could.
    if (!keyed) expect(outcome.replayed).toBe(false);
    expect(outcome.carts[0]?.items[0]?.quantity).toBe(2);
    expect(await test.quantityOf(id)).toBe(2);
    const puts = proxy.operations().filter((operation) => operation === 'PutItem');
    expect(puts.length).toBeGreaterThanOrEqual(faults.length);
  });

  it('when it is delivered twice, and then the cart cannot be read for a while', async () => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    proxy.injectOnce('GetItem', pass, failure, failure, failure, failure);
    proxy.injectOnce('PutItem', { kind: 'twice' });
    const outcome = await carts.addItems(id, [PRODUCT], terms());
    expect(outcome.problems).toEqual([]);
    expect(outcome.carts[0]?.items[0]?.quantity).toBe(2);
    expect(await test.quantityOf(id)).toBe(2);
  });

  it.each([
    ['a lost answer', 'after', 20],
    ['a lost request', 'before', 20],
    // The most after which the cart still remembers the change.
    ['a lost answer', 'after', 31],
  ] as const)('when %s (cut %s it) is followed by %i other commits', async (_, when, times) => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    proxy.injectOnce('PutItem', { kind: 'cut', when, meanwhile: test.addTimes(id, times) });
    expect((await carts.addItems(id, [PRODUCT], terms())).problems).toEqual([]);
    expect(await test.quantityOf(id)).toBe(1 + times + 1);
  });

  it.each([
    ['a lost answer', 'after', 32, 1],
    ['a lost request', 'before', 40, 0],
  ] as const)(
    'or an unknown outcome, when %s (cut %s it) is followed by %i',
    async (_, when, times, effects) => {
      const { proxy, carts } = await test.open();
      const id = await test.newCart();
      proxy.injectOnce('PutItem', { kind: 'cut', when, meanwhile: test.addTimes(id, times) });
      await expect(carts.addItems(id, [PRODUCT], terms())).rejects.toThrow(UnknownOutcome);
      expect(await test.quantityOf(id)).toBe(1 + times + effects);
    },
  );

  it('when a first attempt is carried out after the second', async () => {
    const { proxy, carts } = await test.open(IMPATIENT);
    const id = await test.newCart();
    const late = new AbortController();
    proxy.injectOnce('PutItem', { kind: 'hold', until: late.signal });
    await carts.addItems(id, [PRODUCT], terms());
    late.abort();
    await proxy.settled();
    expect(proxy.requests.map(({ answer }) => answer?.['__type'])).toEqual([
      undefined,
      expect.stringContaining('ConditionalCheckFailedException'),
      undefined,
    ]);
    expect(await test.quantityOf(id)).toBe(2);
  });

  it('when a first attempt is carried out after a transaction refused the second', async () => {
    const { proxy, carts } = await test.open(IMPATIENT);
    const id = await test.newCart();
    const late = new AbortController();
    const asItIs = (body: Record<string, unknown>) => body;
    proxy.injectOnce('PutItem', { kind: 'hold', until: late.signal }, inTheWay);
    // The first attempt lands when the cart has been loaded again, but before the next commit.
    proxy.injectOnce(
      'GetItem',
      { kind: 'alter', request: asItIs },
      {
        kind: 'alter',
        request: asItIs,
        async answer(answer) {
          late.abort();
          await vi.waitFor(async () => {
            expect(await test.quantityOf(id)).toBe(2);
          }, 10_000);
          return answer;
        },
      },
    );
    expect((await carts.addItems(id, [PRODUCT], terms())).problems).toEqual([]);
    expect(late.signal.aborted).toBe(true);
    expect(await test.quantityOf(id)).toBe(2);
  });

  it.each(losses)('when the answer to a creation %s', async (_, faults) => {
    const { proxy, carts } = await test.open();
    proxy.injectOnce('PutItem', ...faults);
    const created = await carts.createCart({ customerId: '77', items: [PRODUCT] }, terms());
    expect(created).toMatchObject({ problems: [], carts: [{ version: 1 }] });
    expect(await test.quantityOf(created.carts[0]?.id ?? '')).toBe(1);
  });

  it.each(losses)('when the answer to a check-out %s', async (_, faults) => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    proxy.injectOnce('PutItem', ...faults);
    const ordered = await carts.checkOut({ cartId: id, acceptCartPrices: false }, terms());
    expect(ordered).toMatchObject({ problems: [], carts: [{ status: 'CHECKED_OUT', version: 2 }] });
    expect(await test.others.findCarts([id], caller)).toEqual(ordered.carts);
  });

  it.each(losses)('when the answer to a deletion %s', async (_, faults) => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    proxy.injectOnce('PutItem', ...faults);
    expect((await carts.deleteCart(id, terms())).problems).toEqual([]);
    expect(await test.others.findCarts([id], caller)).toEqual([undefined]);
  });

  it.each(losses)('when the answer to changes made together %s', async (_, faults) => {
    const { proxy, carts } = await test.open();
    const id = await test.newCart();
    proxy.injectOnce('PutItem', ...faults, ...faults);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => carts.addItems(id, [PRODUCT], terms())),
    );
    expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
    expect(await test.quantityOf(id)).toBe(21);
  });
});
