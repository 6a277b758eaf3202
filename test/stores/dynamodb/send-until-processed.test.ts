import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sendUntilProcessed } from '../../../src/stores/dynamodb/send-until-processed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('gives a batch up when nothing of it is done eight times in a row', async () => {
  const sent: number[] = [];
  const call = sendUntilProcessed([1, 2, 3], (left) => {
    sent.push(left.length);
    return Promise.resolve(sent.length === 4 ? left.slice(1) : left);
  });
  const refused = expect(call).rejects.toThrow(
    'DynamoDB left all 2 entries of a batch undone 8 times: throttled',
  );
  await vi.runAllTimersAsync();
  await refused;
  // Progress at the fourth answer starts the count anew.
  expect(sent).toEqual([3, 3, 3, 3, ...Array<number>(8).fill(2)]);
});
