/** The report as Markdown. */
import { table, type Report } from './model.ts';

export function renderMarkdown({ title, answer, caveats, sections }: Report): string {
  const [first = '', ...more] = answer;
  const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  const parts = [
    `# ${title}`,
    `**${first}**`,
    list(more),
    '## Before you use this',
    list(caveats),
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      ...(section.text ?? []),
      ...(section.table?.rows.length ? [table(section.table.head, section.table.rows)] : []),
    ]),
    'Charts are in report.html; the raw histograms in steps.jsonl; every figure above in summary.json.',
  ];
  return `${parts.join('\n\n')}\n`;
}
