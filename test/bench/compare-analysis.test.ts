import { describe, expect, it } from 'vitest';
import { summariseMixes } from '../../bench/compare/analysis.ts';
import { MIXES } from '../../bench/compare/mixes.ts';
import { buildPlan } from '../../bench/compare/plan.ts';
import { findMissing, type StepRecord, type TrialRecord } from '../../bench/compare/records.ts';
import { readInvocation } from '../../bench/compare/settings.ts';
import { engineBehind, type EngineKind } from '../../bench/compare/side-description.ts';
import { mayNameWinner, summarise, type RunDescription } from '../../bench/compare/summary.ts';
import { latencyFigures } from '../../bench/compare/trial.ts';
import { createLatencyHistogram } from '../../bench/load/latency-histogram.ts';
import { createRandom } from '../../bench/load/random.ts';
import { renderMarkdown } from '../../bench/compare/report-markdown.ts';

const now = new Date('2026-01-19T22:00:00Z');
const { settings } = readInvocation([], now);

/** A run of the verdict mixes in which the sides' latencies are what `latency` draws, in milliseconds. */
function record(
  latency: (side: 'first' | 'second', random: ReturnType<typeof createRandom>) => number,
  change: (trial: TrialRecord) => TrialRecord = (trial) => trial,
  seed = 1,
): StepRecord[] {
  return buildPlan(settings).flatMap((step) => {
    if (step.kind !== 'trial' || step.purpose !== 'verdict' || step.spare === true) return [];
    const random = createRandom(`${seed}/${step.id}`);
    const histogram = createLatencyHistogram();
    // The machine drifts from block to block; pairing must take that out.
    const drift = 1 + 0.5 * createRandom(`${seed}/drift/${step.block ?? 0}`).next();
    for (let i = 0; i < 200; i += 1) histogram.record(drift * latency(step.side, random));
    return change({
      type: 'trial',
      step: step.id,
      attempt: 1,
      startedAt: now.toISOString(),
      side: step.side,
      mix: step.mix.name,
      block: step.block ?? 0,
      arm: step.arm ?? 'first',
      purpose: 'verdict',
      rate: 100,
      seconds: 4,
      arrivals: 400,
      succeeded: 400,
      failed: 0,
      achieved: 1,
      requests: { get10: { arrivals: 400, failed: 0 } },
      errors: {},
      lagP99: 0.1,
      cpu: { generator: 0.2 },
      latency: latencyFigures({ latency: { get10: histogram } }),
      ...(step.block === 1 ? { histograms: { get10: histogram.encode() } } : {}),
    });
  });
}

const noise = (random: ReturnType<typeof createRandom>) => 2 + random.exponential(2);
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

describe('the report', () => {
  const side = (label: string, engine: EngineKind) => ({ label, behind: label, engine });
  const run = (
    engine: EngineKind,
    engines: 'aws' | 'embedded' = 'embedded',
    second: EngineKind = engine,
  ): RunDescription => ({
    name: 'x',
    startedAt: now.toISOString(),
    settings: { ...settings, engines },
    environment: {
      commit: 'abc',
      node: 'v20',
      system: 'Linux',
      cpu: 'CPU',
      cpus: 2,
      memoryGb: 4,
      loadBefore: 0,
      pinning: 'none',
      scheduling: 'normal',
    },
    sides: { first: side('PostgreSQL', engine), second: side('DynamoDB', second) },
  });
  const records = record((key, random) => noise(random) * (key === 'second' ? 2 : 1));

  it('names no winner where a side is embedded, and says so first', () => {
    const summary = summarise(run('embedded'), records, []);
    expect(mayNameWinner(summary)).toBe(false);
    const [, , answer] = renderMarkdown(summary).split('\n');
    expect(answer).toContain(
      'No winner is named: PostgreSQL and DynamoDB did not run on an engine that AWS manages.',
    );
  });

  it('names the faster one on AWS, in a full run', () => {
    const summary = summarise(run('aws', 'aws'), records, []);
    expect(renderMarkdown(summary)).toContain('**PostgreSQL is the faster one on 3 of 3 mixes.**');
  });

  it('takes an engine that the asker named for an emulator unless it is at an address of AWS', () => {
    expect(engineBehind('http://127.0.0.1:8000')).toBe('named');
    expect(engineBehind('https://amazonaws.com.example.org')).toBe('named');
    expect(engineBehind('postgres://u:p@carts.abc.us-east-1.rds.amazonaws.com:5432/carts')).toBe('aws');
    expect(engineBehind('https://dynamodb.us-east-1.amazonaws.com')).toBe('aws');
    const summary = summarise(run('aws', 'aws', 'named'), records, []);
    expect(mayNameWinner(summary)).toBe(false);
    expect(renderMarkdown(summary)).toContain('**No winner is named: DynamoDB did not run on');
    expect(renderMarkdown(summary)).toContain('An embedded engine or an emulator has no network');
  });

  it('does not take "cannot tell" for "no difference"', () => {
    const noisy = record((_, random) => noise(random));
    const answer = renderMarkdown(summarise(run('aws', 'aws'), noisy, []));
    expect(answer).toContain('**No winner can be named: of 3 mixes no telling on 3.**');
    const alike = record((_, random) => 5 + 0.01 * random.next());
    expect(renderMarkdown(summarise(run('aws', 'aws'), alike, []))).toContain(
      '**The two sides are the same within ±5 % on all 3 mixes.**',
    );
    const some = records.map((r) =>
      r.type === 'trial' && r.mix === 'add' && r.side === 'second' ? { ...r, failed: 40 } : r,
    );
    expect(renderMarkdown(summarise(run('aws', 'aws'), some, []))).toContain(
      '**PostgreSQL is the faster one on 2 of 3 mixes; no telling on 1.**',
    );
  });

  it('gives every side its mean over the blocks with an interval', () => {
    const { mixes } = summarise(run('embedded'), records, []);
    const { primary, throughput } = mixes[0]?.sides.first?.overTrials ?? {};
    expect(primary?.low).toBeLessThan(primary?.mean ?? 0);
    expect(throughput).toEqual({ mean: 100, low: 100, high: 100 });
  });
});
