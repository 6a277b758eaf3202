import { expect, test, vi } from 'vitest';
import type { Log } from '../../src/process/log.ts';
import { createUnreadableReporter, LINES_PER_MINUTE } from '../../src/stores/report-unreadable.ts';

function open() {
  let now = 0;
  const error = vi.fn<(data: { err?: Error; leftOut?: number }, message: string) => void>();
  const report = createUnreadableReporter({ error } as unknown as Log, () => now);
  return {
    error,
    report: (id: number) => {
      report(new Error(`record ${id}`));
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('each record is told once', () => {
  const { error, report, pass } = open();
  for (const id of [1, 2, 1, 2, 1]) report(id);
  pass(3_600_000);
  report(1);
  expect(error.mock.calls.map(([{ err }]) => err?.message)).toEqual(['record 1', 'record 2']);
});

test('however many are met, a minute has a bounded number of lines, and those left out are counted', () => {
  const { error, report, pass } = open();
  for (let round = 0; round < 10; round += 1) for (let id = 0; id < 5000; id += 1) report(id);
  // One more says that there are others.
  expect(error).toHaveBeenCalledTimes(LINES_PER_MINUTE + 1);
  expect(error.mock.lastCall?.[1]).toContain('more records cannot be read');
  pass(59_999);
  report(-1);
  expect(error).toHaveBeenCalledTimes(LINES_PER_MINUTE + 1);
  pass(1);
  report(-2);
  expect(error.mock.calls.slice(LINES_PER_MINUTE + 1)).toEqual([
    [{ leftOut: 50_000 - 10 * LINES_PER_MINUTE + 1 }, 'reports of records that cannot be read were left out'],
    [{ err: new Error('record -2') }, 'a record cannot be read; the answer goes without it'],
  ]);
});

test('what was left out is told when it is met again', () => {
  const { error, report, pass } = open();
  for (let id = 0; id <= LINES_PER_MINUTE; id += 1) report(id);
  pass(60_000);
  report(LINES_PER_MINUTE);
  expect(error.mock.lastCall?.[0].err?.message).toBe(`record ${LINES_PER_MINUTE}`);
});
