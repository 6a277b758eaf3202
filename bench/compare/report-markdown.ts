/** The report as Markdown. */
import { answerLines } from './report-answer.ts';
import { composeReport, type Table } from './report-content.ts';
import type { Summary } from './summary.ts';

export const headline = (summary: Summary): string[] => answerLines(summary);

const escape = (text: string) => text.replaceAll('|', '\\|');

function renderTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function renderMarkdown(summary: Summary): string {
  const { title, answer, caveats, sections } = composeReport(summary);
  const parts = [
    `# ${title}`,
    answer.map((line, i) => (i === 0 ? `**${line}**` : `- ${line}`)).join('\n'),
    '## Before you use this',
    caveats.map((line) => `- ${line}`).join('\n'),
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      ...(section.text ?? []),
      ...(section.table === undefined || section.table.rows.length === 0 ? [] : [renderTable(section.table)]),
    ]),
    'Charts are in report.html; the raw histograms in steps.jsonl; every figure above in summary.json.',
  ];
  return `${parts.join('\n\n')}\n`.replace(/^(\*\*.*\*\*)\n-/m, '$1\n\n-');
}
