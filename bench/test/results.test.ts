import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecords } from '../compare/record-file.ts';
import { drawCharts } from '../report/charts.ts';
import { composeReport } from '../report/compose.ts';
import { renderHtml } from '../report/html.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { summariseFolder } from '../report/write-reports.ts';

const results = join(import.meta.dirname, '../results');
const kept = readdirSync(results).filter((name) => existsSync(join(results, name, 'run.json')));

/** Figures rest on a library for the t distribution: its last digits may change, what is read of them may not. */
const rounded = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => (typeof value === 'number' ? value.toPrecision(9) : value));

describe.each(kept)('the kept result %s', (name) => {
  const folder = join(results, name);
  const { records } = openRecords(join(folder, 'steps.jsonl'));
  const summary = summariseFolder(folder, records);
  const report = composeReport(summary);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');

  it('says the same when it is made anew', () => {
    expect(rounded(JSON.stringify(summary))).toEqual(rounded(read('summary.json')));
    expect(renderMarkdown(report)).toBe(read('report.md'));
  });

  it('is drawn the same', () => {
    const digits = (text: string) => text.replace(/\d+\.\d{3,}/g, (number) => Number(number).toFixed(3));
    expect(digits(renderHtml(report, drawCharts(summary, records)))).toBe(digits(read('report.html')));
  });
});
