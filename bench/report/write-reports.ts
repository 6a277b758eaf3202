/** The files of a result: run.json and steps.jsonl become summary.json, request-units.json, report.md and report.html. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../command-line.ts';
import { buildPlan } from '../compare/plan.ts';
import { findMissing } from '../compare/record-file.ts';
import type { RunDescription, StepRecord } from '../compare/records.ts';
import { drawCharts } from './charts.ts';
import { composeReport } from './compose.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { summarise, type Summary } from './summary.ts';

export function readRun(folder: string): RunDescription {
  const path = join(folder, 'run.json');
  if (!existsSync(path)) throw new UsageError(`nothing to resume: ${path} is not there`);
  return JSON.parse(readFileSync(path, 'utf8')) as RunDescription;
}

/** What was measured, and what of the plan was not. */
export function summariseFolder(folder: string, records: readonly StepRecord[]): Summary {
  const run = readRun(folder);
  const missing = findMissing(records, buildPlan(run.settings), run.settings.blocks)
    .filter((step) => step.kind !== 'trial' || step.spare !== true)
    .map(({ id }) => id);
  return summarise(run, records, missing);
}

/** Returns what is to be printed: the answer and where the reports are. */
export function writeReports(folder: string, summary: Summary, records: readonly StepRecord[]): string {
  const save = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  save('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
  if (summary.units !== undefined) {
    const { type: _type, step: _step, ...units } = summary.units;
    save('request-units.json', `${JSON.stringify(units, null, 2)}\n`);
  }
  const report = composeReport(summary);
  const markdown = save('report.md', renderMarkdown(report));
  const html = save('report.html', renderHtml(report, drawCharts(summary, records)));
  return `${report.answer.join('\n')}\n\n${html}\n${markdown}\n`;
}
