import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecords, type StepRecord, type TrialRecord } from '../compare/records.ts';
import { engineBehind } from '../compare/sides.ts';
import { createLatencyHistogram } from '../load/histogram.ts';
import { checkRequirements, describeRequirement } from '../report/requirements.ts';
import { main as rewritePage } from '../report/requirements-page.ts';
import { mayNameWinner, summariseMixes, summariseRun } from '../report/summary.ts';
import { renderHtml, renderMarkdown, summariseFolder } from '../report/write-reports.ts';
import { describeRun, record, records, settings, slowed } from './recorded-run.ts';
import { openFolder } from './stand-in.ts';

describe('the report', () => {
  const answerOf = (run: StepRecord[], ...engines: Parameters<typeof describeRun>) =>
    renderMarkdown(summariseRun(describeRun(...engines), run, []));

  it('names no winner where a side is no engine of AWS, and says so first', () => {
    expect(answerOf(records, 'embedded').split('\n')[2]).toContain(
      'No winner is named: PostgreSQL and DynamoDB did not run on an engine that AWS manages.',
    );
    expect(engineBehind('https://amazonaws.com.example.org')).toBe('named');
    expect(engineBehind('postgres://u:p@carts.abc.us-east-1.rds.amazonaws.com:5432/carts')).toBe('aws');
    expect(mayNameWinner(summariseRun(describeRun('aws', 'named', 'aws'), records, []))).toBe(false);
    expect(answerOf(records, 'aws', 'named', 'aws')).toContain(
      '**No winner is named: DynamoDB did not run on',
    );
  });

  it('names the faster one on AWS, and does not take "cannot tell" for "no difference"', () => {
    const answer = (run: StepRecord[]) => answerOf(run, 'aws', 'aws', 'aws').split('\n')[2];
    expect(answer(records)).toBe('**PostgreSQL is the faster one on 3 of 3 mixes.**');
    expect(answer(record(slowed(1)))).toBe('**No winner can be named: of 3 mixes no telling on 3.**');
    const alike = record((_, random) => 5 + 0.01 * random.next());
    expect(answer(alike)).toBe('**The two sides are the same within ±5 % on all 3 mixes.**');
    const some = record(slowed(2), (t) =>
      t.mix === 'add' && t.side === 'second' ? { ...t, failed: 40 } : t,
    );
    expect(answer(some)).toBe('**PostgreSQL is the faster one on 2 of 3 mixes; no telling on 1.**');
  });

  it('names the steps that failed, unless they were measured later', () => {
    const failure = (step: string, error: string): StepRecord => ({ type: 'failure', step, error });
    const failures = [
      failure('units', 'first'),
      failure('units', 'no engine'),
      failure('block-1/add/first', 'gone'),
    ];
    const summary = summariseRun(describeRun('embedded'), [...records, ...failures], ['units']);
    expect(summary.failures).toEqual([failures[1]]);
    expect(renderMarkdown(summary)).toContain('- Failed: units: no engine');
  });

  it('gives figures with intervals and lag; without an interval where there are few blocks', () => {
    expect(answerOf(records, 'embedded')).toMatch(
      /\| 10 \| \d+\.\d\d ms \(\d+\.\d\d to \d+\.\d\d\), lag 0.10 ms \|/,
    );
    const few = records.filter((r) => r.type === 'trial' && (r.block ?? 0) <= 2);
    expect(answerOf(few, 'embedded')).toMatch(/\| 2 \| \d+\.\d\d ms, lag 0.10 ms \|/);
  });
});

describe('requirements', () => {
  /** A trial of the shoppers in which `count` creations took `latency` milliseconds and `failed` others failed. */
  function shoppers(count: number, failed: number, latency: number): TrialRecord {
    const [first] = records as [TrialRecord];
    const [creates, gets] = [createLatencyHistogram(), createLatencyHistogram()];
    for (let i = 0; i < count; i += 1) creates.record(latency);
    for (let i = 0; i < 50; i += 1) gets.record(3);
    const { lagP99: _lag, ...trial } = first;
    return {
      ...trial,
      ...{ mix: 'shoppers', side: 'first', arm: undefined, block: undefined, purpose: 'descriptive' },
      requests: { create: { arrivals: count + failed, failed }, get10: { arrivals: 50, failed: 0 } },
      histograms: { get10: gets.encode(), ...(count > 0 ? { create: creates.encode() } : {}) },
    };
  }
  const check = (operation: string, trial: TrialRecord) => {
    const checks = checkRequirements(summariseMixes([trial], settings));
    const found = checks.find(({ title }) => title === `${operation} cart, 120 concurrent shoppers`);
    return found ? describeRequirement(found.sides.first) : '';
  };

  it.each([
    [20, 0, 50, 'holds: 50.02 ms (20 requests)'],
    [20, 0, 101, 'does not hold: 101 ms (20 requests)'],
    [19, 0, 1, 'too few: 1.00 ms (19 requests)'],
    [19, 1, 1, 'does not hold: 1.00 ms (19 requests, 1 failed)'],
    [0, 9, 1, 'does not hold: none succeeded (0 requests, 9 failed)'],
    [0, 0, 1, 'not measured'],
  ])('of %d creations, %d failures, at %d ms say "%s"', (count, failed, latency, expected) => {
    expect(check('create', shoppers(count, failed, latency))).toBe(expected);
    expect(check('get', shoppers(count, failed, latency))).toMatch(/^holds/);
  });

  const results = openFolder();
  it('stand between the marks of their page, again and again', async () => {
    const page = join(results, 'page.md');
    const rewrite = (name: string) =>
      rewritePage([name, '--results', results, '--page', page], () => undefined);
    mkdirSync(join(results, 'full'));
    const summary = summariseRun(describeRun('embedded'), records, []);
    writeFileSync(join(results, 'full/summary.json'), JSON.stringify(summary));
    writeFileSync(page, '# Title\n\n<!-- figures: begin -->\n\nold\n\n<!-- figures: end -->\n\nmore\n');
    await rewrite('full');
    const once = readFileSync(page, 'utf8');
    expect(once).toMatch(
      /get cart by id, p95 < 50 ms +\| One statement .* \| holds: \d.\d\d ms \(\d+ requests, lag 0.10 ms\)/,
    );
    expect(once).not.toContain('\nold\n');
    await rewrite('full');
    expect(readFileSync(page, 'utf8')).toBe(once);
    await expect(rewrite('none')).rejects.toThrow('there is no');
  });
});

const results = join(import.meta.dirname, '../results');
const kept = readdirSync(results).filter((name) => existsSync(join(results, name, 'run.json')));

it.each(kept)('the kept result %s says the same when it is made anew', (name) => {
  const folder = join(results, name);
  const { records: steps } = openRecords(join(folder, 'steps.jsonl'));
  const summary = summariseFolder(folder, steps);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  /** Figures rest on libraries: their last digits may change, what is read of them may not. */
  const rounded = (text: string) => text.replace(/\d+\.\d{3,}/g, (digits) => Number(digits).toPrecision(4));
  expect(rounded(`${JSON.stringify(summary, null, 2)}\n`)).toEqual(rounded(read('summary.json')));
  expect(renderMarkdown(summary)).toBe(read('report.md'));
  expect(rounded(renderHtml(summary, steps))).toBe(rounded(read('report.html')));
});
