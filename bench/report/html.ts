/** The report as one HTML file: no scripts, nothing loaded, colours for light and dark. */
import type { Charts, Report, Section, Table } from './model.ts';

const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --first: #2563ad; --second: #c2570c; --same: #8c959f33; --good: #1a7f37; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --page: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --line: #30363d;
  --panel: #161b22; --first: #6cb0f5; --second: #f5a35c; --same: #8c959f3d; --good: #56d364; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 66rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p { margin: .4rem 0; max-width: 52rem; }
.answer { border-left: .3rem solid var(--first); background: var(--panel); padding: .9rem 1.1rem; border-radius: 0 .4rem .4rem 0; }
.answer strong { display: block; font-size: 1.1rem; margin-bottom: .4rem; }
.answer ul, .caveats ul { margin: .2rem 0; padding-left: 1.2rem; }
.caveats { color: var(--soft); font-size: .92rem; }
.table { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.holds { color: var(--good); } .fails { color: var(--bad); font-weight: 600; }
figure { margin: 1rem 0; overflow-x: auto; } figcaption { color: var(--soft); font-size: .88rem; }
.legend span { display: inline-block; margin-right: 1.2rem; } .legend i { display: inline-block; width: 1.4rem; height: .25rem;
  vertical-align: middle; margin-right: .4rem; border-radius: 2px; }
svg { max-width: 100%; height: auto; }
`;

const escape = (text: string) =>
  text
    // A number stays with its unit.
    .replace(/(\d) (ms|s|%|million)\b/g, '$1\u00a0$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function renderCell(text: string): string {
  const mark = text.startsWith('does not hold') ? 'fails' : text.startsWith('holds') ? 'holds' : undefined;
  return `<td${mark === undefined ? '' : ` class="${mark}"`}>${escape(text)}</td>`;
}

function renderTable({ head, rows }: Table): string {
  if (rows.length === 0) return '<p>Not measured.</p>';
  const header = head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map(renderCell).join('')}</tr>`).join('\n');
  return `<div class="table"><table><thead><tr>${header}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function renderSection({ title, text = [], table, chart }: Section, charts: Charts, legend: string): string {
  const drawn = chart === undefined ? undefined : charts[chart];
  return [
    `<section><h2>${escape(title)}</h2>`,
    ...text.map((paragraph) => `<p>${escape(paragraph)}</p>`),
    drawn === undefined
      ? ''
      : `<figure>${drawn.sides ? legend : ''}${drawn.svg}<figcaption>${escape(drawn.caption)}</figcaption></figure>`,
    table === undefined ? '' : renderTable(table),
    '</section>',
  ].join('\n');
}

export function renderHtml({ title, sides, answer, caveats, sections }: Report, charts: Charts): string {
  const [first = '', ...more] = answer;
  const named = (['first', 'second'] as const).map(
    (side, at) => `<span><i style="background:var(--${side})"></i>${escape(sides[at] ?? '')}</span>`,
  );
  const legend = `<div class="legend">${named.join('')}</div>`;
  const items = (lines: readonly string[]) =>
    `<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
<div class="answer"><strong>${escape(first)}</strong>${items(more)}</div>
<section class="caveats"><h2>Before you use this</h2>${items(caveats)}</section>
${sections.map((section) => renderSection(section, charts, legend)).join('\n')}
</main></body>
</html>
`;
}
