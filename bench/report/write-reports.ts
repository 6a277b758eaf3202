/** The files of a result: run.json and steps.jsonl become summary.json, request-units.json, report.md and report.html. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked } from 'marked';
import { UsageError } from '../command-line.ts';
import { buildPlan, findMissing } from '../compare/plan.ts';
import { SIDES, type RunDescription, type StepRecord } from '../compare/records.ts';
import { answerLines, caveatLines } from './answer.ts';
import { sectionsOf } from './sections.ts';
import { summariseRun, type Summary } from './summary.ts';

export function readRun(folder: string): RunDescription {
  const path = join(folder, 'run.json');
  if (!existsSync(path)) throw new UsageError(`nothing to resume: ${path} is not there`);
  return JSON.parse(readFileSync(path, 'utf8')) as RunDescription;
}

/** What was measured, and what of the plan was not. */
export function summariseFolder(folder: string, records: readonly StepRecord[]): Summary {
  const run = readRun(folder);
  const missing = findMissing(records, buildPlan(run.settings)).map(({ id }) => id);
  return summariseRun(run, records, missing);
}

/** The parts of a report that stand above its sections. */
function headOf(summary: Summary) {
  const { first, second } = summary.run.sides;
  const [answer = '', ...more] = answerLines(summary);
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  return {
    title: `${first.label} and ${second.label} on the same cart work`,
    answer: `**${answer}**\n\n${list(more)}`,
    caveats: `## Before you use this\n\n${list(caveatLines(summary))}`,
  };
}

export function renderMarkdown(summary: Summary): string {
  const { title, answer, caveats } = headOf(summary);
  const sections = sectionsOf(summary).map((one) => `## ${one.title}\n\n${one.text}`);
  const end =
    'Charts are in report.html; the raw histograms in steps.jsonl; every figure above in summary.json.';
  return `${[`# ${title}`, answer, caveats, ...sections, end].join('\n\n')}\n`;
}

const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --first: #2563ad; --second: #c2570c; --same: #8c959f33; --good: #1a7f37; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #30363d;
  --panel: #161b22; --first: #6cb0f5; --second: #f5a35c; --same: #8c959f3d; --good: #56d364; --bad: #ff8a80; } }
body { margin: 0 auto; max-width: 66rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h2 { font-size: 1.2rem; margin-top: 2.5rem; } p { max-width: 52rem; } section { overflow-x: auto; }
.answer { border-left: .3rem solid var(--first); background: var(--panel); padding: .5rem 1.1rem; }
.caveats, figcaption, th { color: var(--soft); font-size: .9rem; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.holds { color: var(--good); } .fails { color: var(--bad); font-weight: 600; } svg { max-width: 100%; height: auto; }
`;

/** The report as one HTML file: no scripts, nothing loaded, colours for light and dark. */
export function renderHtml(summary: Summary, records: readonly StepRecord[]): string {
  const { title, answer, caveats } = headOf(summary);
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const toHtml = (markdown: string) =>
    (marked.parse(escaped(markdown)) as string)
      .replaceAll('<td>holds', '<td class="holds">holds')
      .replaceAll('<td>does not hold', '<td class="fails">does not hold');
  const legend = SIDES.map(
    (side) => `<b style="color:var(--${side})">${escaped(summary.run.sides[side].label)}</b>`,
  );
  const sections = sectionsOf(summary).map(({ title: name, text, chart }) => {
    const { svg = '', caption = '' } = chart?.(summary, records) ?? {};
    const figure = svg && `<figure>${svg}<figcaption>${legend.join(', ')}. ${caption}</figcaption></figure>`;
    return `<section>${toHtml(`## ${name}\n\n${text}`)}${figure}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<h1>${escaped(title)}</h1>
<div class="answer">${toHtml(answer)}</div>
<div class="caveats">${toHtml(caveats)}</div>
${sections.join('\n')}
</body>
</html>
`;
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
  const markdown = save('report.md', renderMarkdown(summary));
  const html = save('report.html', renderHtml(summary, records));
  return `${answerLines(summary).join('\n')}\n\n${html}\n${markdown}\n`;
}
