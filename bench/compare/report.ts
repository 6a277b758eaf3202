/** Writes summary.json, request-units.json, report.md and report.html. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawCharts } from './charts.ts';
import { renderHtml } from './report-html.ts';
import { headline, renderMarkdown } from './report-markdown.ts';
import type { StepRecord } from './records.ts';
import type { Summary } from './summary.ts';

/** Returns what is to be printed: the answer and where the reports are. */
export function writeReports(folder: string, summary: Summary, records: readonly StepRecord[]): string {
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  save('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
  if (summary.units !== undefined) {
    const { type: _type, step: _step, ...units } = summary.units;
    save('request-units.json', `${JSON.stringify(units, null, 2)}\n`);
  }
  save('report.md', renderMarkdown(summary));
  save('report.html', renderHtml(summary, drawCharts(summary, records)));
  return `${headline(summary).join('\n')}\n\n${join(folder, 'report.html')}\n${join(folder, 'report.md')}\n`;
}
