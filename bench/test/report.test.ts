import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../compare/records.ts';
import { composeReport } from '../report/compose.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { engineBehind } from '../compare/side-description.ts';
import { mayNameWinner, summarise, type Summary } from '../report/summary.ts';
import { describeRun, noise, record } from './recorded-run.ts';

const markdownOf = (summary: Summary) => renderMarkdown(composeReport(summary));

describe('the report', () => {
  const records = record((key, random) => noise(random) * (key === 'second' ? 2 : 1));

  it('names no winner where a side is embedded, and says so first', () => {
    const summary = summarise(describeRun('embedded'), records, []);
    expect(mayNameWinner(summary)).toBe(false);
    const [, , answer] = markdownOf(summary).split('\n');
    expect(answer).toContain(
      'No winner is named: PostgreSQL and DynamoDB did not run on an engine that AWS manages.',
    );
  });

  it('names the faster one on AWS, in a full run', () => {
    const summary = summarise(describeRun('aws', 'aws', 'aws'), records, []);
    expect(markdownOf(summary)).toContain('**PostgreSQL is the faster one on 3 of 3 mixes.**');
  });

  it('takes an engine that the asker named for an emulator unless it is at an address of AWS', () => {
    expect(engineBehind('http://127.0.0.1:8000')).toBe('named');
    expect(engineBehind('https://amazonaws.com.example.org')).toBe('named');
    expect(engineBehind('postgres://u:p@carts.abc.us-east-1.rds.amazonaws.com:5432/carts')).toBe('aws');
    expect(engineBehind('https://dynamodb.us-east-1.amazonaws.com')).toBe('aws');
    const summary = summarise(describeRun('aws', 'named', 'aws'), records, []);
    expect(mayNameWinner(summary)).toBe(false);
    expect(markdownOf(summary)).toContain('**No winner is named: DynamoDB did not run on');
    expect(markdownOf(summary)).toContain('An embedded engine or an emulator has no network');
  });

  it('does not take "cannot tell" for "no difference"', () => {
    const noisy = record((_, random) => noise(random));
    const answer = markdownOf(summarise(describeRun('aws', 'aws', 'aws'), noisy, []));
    expect(answer).toContain('**No winner can be named: of 3 mixes no telling on 3.**');
    const alike = record((_, random) => 5 + 0.01 * random.next());
    expect(markdownOf(summarise(describeRun('aws', 'aws', 'aws'), alike, []))).toContain(
      '**The two sides are the same within ±5 % on all 3 mixes.**',
    );
    const some = records.map((r) =>
      r.type === 'trial' && r.mix === 'add' && r.side === 'second' ? { ...r, failed: 40 } : r,
    );
    expect(markdownOf(summarise(describeRun('aws', 'aws', 'aws'), some, []))).toContain(
      '**PostgreSQL is the faster one on 2 of 3 mixes; no telling on 1.**',
    );
  });

  it('names the steps that failed, unless they were measured later', () => {
    const failures: StepRecord[] = [
      { type: 'failure', step: 'units', error: 'first' },
      { type: 'failure', step: 'units', error: 'no engine' },
      { type: 'failure', step: 'block-1/add/first', error: 'gone' },
    ];
    const summary = summarise(describeRun('embedded'), [...records, ...failures], ['units']);
    expect(summary.failures).toEqual([failures[1]]);
    expect(markdownOf(summary)).toContain('- Failed: units: no engine');
  });

  it('gives every side its mean over the blocks with an interval', () => {
    const { mixes } = summarise(describeRun('embedded'), records, []);
    const { primary, throughput } = mixes[0]?.sides.first?.overTrials ?? {};
    const few = records.filter((r) => r.type === 'trial' && (r.block ?? 0) <= 2);
    expect(markdownOf(summarise(describeRun('embedded'), few, []))).toMatch(
      /\| 2 \| \d+\.\d\d ms \| \d+\.\d\d ms \|/,
    );
    expect(primary?.low).toBeLessThan(primary?.mean ?? 0);
    expect(throughput).toEqual({ mean: 100, low: 100, high: 100 });
  });
});
