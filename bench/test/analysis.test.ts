import { describe, expect, it } from 'vitest';
import { summariseMixes } from '../report/analysis.ts';
import { MIXES } from '../compare/mixes.ts';
import { buildPlan } from '../compare/plan.ts';
import { findHalfBlocks, findMissing } from '../compare/record-file.ts';
import type { StepRecord } from '../compare/records.ts';
import { readInvocation } from '../compare/settings.ts';
import type { createRandom } from '../load/random.ts';
import { noise, record, settings } from './recorded-run.ts';

const now = new Date('2026-01-19T22:00:00Z');
const comparisons = (records: StepRecord[]) =>
  summariseMixes(records, settings).flatMap(({ comparison }) =>
    comparison === undefined ? [] : [comparison],
  );

describe('verdicts of a run', () => {
  const seeds = Array.from({ length: 10 }, (_, seed) => seed);

  it('finds a slowed side slower, by what was injected', () => {
    const slowed = (side: string, random: ReturnType<typeof createRandom>) =>
      noise(random) * (side === 'second' ? 1.5 : 1);
    const found = seeds.flatMap((seed) => comparisons(record(slowed, undefined, seed)));
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['different']));
    // 30 intervals of 95 %: 28 or 29 contain the truth on average, and the seeds are fixed.
    expect(found.filter(({ low, high }) => low < 1.5 && high > 1.5).length).toBeGreaterThanOrEqual(26);
  });

  it('does not call identical sides different', () => {
    const found = seeds.flatMap((seed) => comparisons(record((_, random) => noise(random), undefined, seed)));
    expect(found.filter(({ verdict }) => verdict === 'different')).toEqual([]);
  });

  it('says the same within 5 % where the spread allows it', () => {
    const found = comparisons(record((_, random) => 5 + 0.01 * random.next()));
    expect(found.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
  });

  it('gives no verdict when the control differs as well', () => {
    const records = record((side, random) => noise(random) * (side === 'second' ? 2 : 1)).map((r) => {
      if (r.type !== 'trial' || r.arm !== 'repeat') return r;
      return { ...r, latency: { ...r.latency, p95: r.latency.p95 * 1.5 } };
    });
    for (const comparison of comparisons(records)) {
      expect(comparison).toMatchObject({ verdict: 'cannot tell' });
      expect(comparison.reason).toContain('control');
    }
  });

  it('gives no verdict when requests failed or the rate was not achieved', () => {
    const slow = (side: string, random: ReturnType<typeof createRandom>) =>
      noise(random) * (side === 'second' ? 2 : 1);
    const failing = comparisons(record(slow, (t) => ({ ...t, failed: t.side === 'second' ? 40 : 0 })));
    const overrun = comparisons(record(slow, (t) => ({ ...t, achieved: t.side === 'second' ? 0.8 : 1 })));
    expect(failing[0]).toMatchObject({
      verdict: 'cannot tell',
      reason: '400 of 4000 requests failed on one side',
    });
    expect(overrun[0]?.reason).toContain('keep up');
  });

  it('gives no verdict when the control is missing in a block', () => {
    const records = record(
      (side, random) => noise(random) * (side === 'second' ? 2 : 1),
      (t) => (t.block === 4 && t.arm === 'repeat' ? { ...t, discarded: 'send lag' } : t),
    );
    expect(comparisons(records)[0]).toMatchObject({
      verdict: 'cannot tell',
      reason: 'only 9 blocks have their control, 10 are needed',
    });
  });

  it('leaves discarded trials out, and with them the block', () => {
    const records = record(
      (side, random) => noise(random) * (side === 'second' ? 2 : 1),
      (t) => (t.block === 4 && t.arm === 'first' ? { ...t, discarded: 'send lag' } : t),
    );
    const [comparison] = comparisons(records);
    expect(comparison?.pairs.map(({ block }) => block)).not.toContain(4);
    expect(comparison).toMatchObject({
      verdict: 'cannot tell',
      reason: 'only 9 complete blocks, 10 are needed',
    });
  });
});

describe('the plan', () => {
  it('is the same for the same seed and has ten blocks of both sides and a control', () => {
    const ids = buildPlan(settings).map(({ id }) => id);
    expect(ids).toEqual(buildPlan(settings).map(({ id }) => id));
    expect(ids).not.toEqual(buildPlan({ ...settings, seed: 2 }).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    const blocks = buildPlan(settings).filter((step) => step.kind === 'trial' && step.purpose === 'verdict');
    expect(blocks.filter((step) => step.kind === 'trial' && step.spare === false)).toHaveLength(10 * 3 * 3);
  });

  it('takes at most 30 minutes in full and about two quick', () => {
    const minutes = (args: string[]) =>
      buildPlan(readInvocation(args, now).settings).reduce((sum, step) => sum + step.estimatedSeconds, 0) /
      60;
    expect(minutes([])).toBeLessThan(27);
    expect(minutes(['--quick'])).toBeLessThan(2.4);
  });

  it('gives verdicts on three mixes', () => {
    expect(MIXES.filter(({ verdict }) => verdict)).toHaveLength(3);
  });
});

describe('what is left to do', () => {
  const plan = buildPlan(settings);
  const left = (records: StepRecord[]) =>
    findMissing(records, plan, settings.blocks).filter(
      (step) => step.kind === 'trial' && step.purpose === 'verdict',
    );

  it('is no spare block when all blocks are complete', () => {
    expect(left(record((_, random) => noise(random)))).toEqual([]);
  });

  it('is the spare blocks of a mix in which a trial was given up', () => {
    const spoilt = record(
      (_, random) => noise(random),
      (t) => (t.step === 'block-3/add/first' ? { ...t, discarded: 'send lag' } : t),
    );
    const ids = left(spoilt).map(({ id }) => id);
    expect(ids).toContain('block-11/add/repeat');
    expect(ids.filter((id) => !id.includes('/add/'))).toEqual([]);
  });
});

describe('a run that goes on', () => {
  const plan = buildPlan(settings);
  const whole = record((_, random) => noise(random));

  it('measures a mix anew in a block that was begun and not finished', () => {
    expect(findHalfBlocks(whole, plan)).toEqual([]);
    const half = whole.filter(({ step }) => step !== 'block-7/add/second' && !step.startsWith('block-9/'));
    expect(findHalfBlocks(half, plan).toSorted()).toEqual(['block-7/add/first', 'block-7/add/repeat']);
  });

  it('tries a step again that failed', () => {
    const failed: StepRecord[] = [{ type: 'failure', step: 'units', error: 'no engine' }];
    expect(findMissing(failed, plan, settings.blocks).map(({ id }) => id)).toContain('units');
  });
});

describe('options', () => {
  it.each([
    [['--host', 'http://a'], '--host must be given twice or not at all, got 1'],
    [['--host', 'http://a', '--host', 'b'], '--host must be an http or https URL'],
    [['--postgres-url', 'mysql://x'], '--postgres-url must look like postgres://'],
    [['--primary', 'p90'], '--primary must be one of p50, p95, mean'],
    [['--resume'], '--resume needs the --name'],
    [['--name', '../x y'], '--name must be'],
    [['--name', '..'], 'not beginning with a dot'],
    [['--minutes', '0'], '--minutes must be a number from 0.1'],
  ])('refuses %j', (args, message) => {
    expect(() => readInvocation(args, now)).toThrow(message);
  });

  it('names the result after the time', () => {
    expect(readInvocation([], now).name).toBe('2026-01-19-2200');
  });
});
