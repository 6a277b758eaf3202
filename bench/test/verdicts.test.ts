import { describe, expect, it } from 'vitest';
import { buildPlan, findMissing } from '../compare/plan.ts';
import { findHalfBlocks, type StepRecord, type TrialRecord } from '../compare/records.ts';
import { readInvocation } from '../compare/settings.ts';
import { judge } from '../performance/report.ts';
import type { Sample } from '../performance/rounds.ts';
import { summariseMixes } from '../report/summary.ts';
import { sumOf } from '../statistics.ts';
import { now, record, records, settings, slowed } from './recorded-run.ts';

describe('verdicts of a run', () => {
  const comparisons = (run: StepRecord[]) =>
    summariseMixes(run, settings).flatMap(({ comparison }) => comparison ?? []);
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);

  it('find a slowed side slower, by what was injected, and identical sides never', () => {
    const found = seeds.flatMap((seed) => comparisons(record(slowed(1.5), undefined, seed)));
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['different']));
    // 30 intervals of 95 %: 28 or 29 contain the truth on average, and the seeds are fixed.
    expect(found.filter(({ low, high }) => low < 1.5 && high > 1.5).length).toBeGreaterThanOrEqual(26);
    const alike = seeds.flatMap((seed) => comparisons(record(slowed(1), undefined, seed)));
    expect(alike.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  });

  it.each<[string, string, (trial: TrialRecord) => TrialRecord]>([
    [
      'the control differs',
      'the control',
      (t) => (t.arm === 'repeat' ? { ...t, latency: { ...t.latency, p95: t.latency.p95 * 1.5 } } : t),
    ],
    [
      'requests failed',
      '400 of 4000 requests failed on one side',
      (t) => ({ ...t, failed: t.side === 'second' ? 40 : 0 }),
    ],
    ['a rate was not kept', 'did not keep up', (t) => ({ ...t, achieved: t.side === 'second' ? 0.8 : 1 })],
    [
      'a control is missing',
      'only 9 blocks have their control, 10 are needed',
      (t) => (t.block === 4 && t.arm === 'repeat' ? { ...t, discarded: 'lag' } : t),
    ],
    [
      'a trial is missing',
      'only 9 complete blocks, 10 are needed',
      (t) => (t.block === 4 && t.arm === 'first' ? { ...t, discarded: 'lag' } : t),
    ],
  ])('are not given when %s', (_, reason, change) => {
    const [comparison] = comparisons(record(slowed(2), change));
    expect(comparison).toMatchObject({
      verdict: 'cannot tell',
      reason: expect.stringContaining(reason) as string,
    });
  });
});

describe('the plan', () => {
  it('is the same for the same seed, and leaves time for starting, loading and repeating: of 25 minutes in full, and of 2:15 quick', () => {
    const ids = (seed: number) => buildPlan({ ...settings, seed }).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    expect(new Set(ids(1)).size).toBe(ids(1).length);
    const minutes = (args: string[]) =>
      sumOf(buildPlan(readInvocation(args, now).settings), (step) => step.estimatedSeconds / 60);
    expect([minutes([]) < 21, minutes(['--quick']) < 2.05]).toEqual([true, true]);
  });

  it('of a run that goes on has what failed, and a block anew that was begun and not finished', () => {
    expect(findHalfBlocks(records)).toEqual([]);
    const half = records.filter(({ step }) => step !== 'block-7/add/second' && !step.startsWith('block-9/'));
    expect(findHalfBlocks(half).toSorted()).toEqual(['block-7/add/first', 'block-7/add/repeat']);
    const failed: StepRecord[] = [{ type: 'failure', step: 'units', error: 'no engine' }];
    expect(findMissing(failed, buildPlan(settings)).map(({ id }) => id)).toContain('units');
  });

  it.each([
    [['--host', 'http://a'], '--host must be given twice or not at all, got 1'],
    [['--host', 'http://a', '--host', 'b'], '--host must be an http or https URL'],
    [['--postgres-url', 'mysql://x'], '--postgres-url must look like postgres://'],
    [['--primary', 'p90'], '--primary must be one of p50, p95, mean'],
    [['--resume'], '--resume needs the --name'],
    [['--name', '../x y'], '--name must be'],
    [['--minutes', '0'], '--minutes must be a number from 0.1'],
  ])('refuses %j', (args, message) => {
    expect(() => readInvocation(args, now)).toThrow(message);
  });
});

it('a goal of npm run bench does not count where the process did not have its core', () => {
  const sample = (serviceBusy: number, rate = 950): Sample => {
    return { cpu: 100, rate, p50: 1, p99: 2, serviceBusy, lagP99: undefined, counted: undefined };
  };
  const goal = { label: 'rate', variant: 'ours', base: 'floor', figure: 'rate', atLeast: 0.9 } as const;
  const floor = [0.99, 0.99, 0.99].map((busy) => sample(busy, 1000));
  const of = (...busy: number[]) => judge(goal, { ours: busy.map((share) => sample(share)), floor });
  expect(of(0.99, 0.5, 0.98)).toMatchObject({ reached: true });
  expect(of(0.99, 0.5, 0.8)).toMatchObject({ reached: undefined, idling: 0.8 });
  expect(judge({ ...goal, atLeast: 0.96 }, { ours: floor.map(() => sample(0.99)), floor }).reached).toBe(
    false,
  );
});
