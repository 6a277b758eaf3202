/** `npm run requirements -- NAME`: puts the figures of a comparison into docs/requirements.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readArguments, runCommand, text, UsageError, type Print, type Usage } from '../command-line.ts';
import { describeRequirement } from './requirements.ts';
import { table } from './table.ts';
import type { Summary } from './summary.ts';

const USAGE = {
  call: `npm run requirements -- NAME [options]
Replaces what stands between the marks in docs/requirements.md by the figures of bench/results/NAME/summary.json.`,
  positionals: ['NAME'],
  options: {
    results: text('FOLDER', 'where NAME is', 'bench/results'),
    page: text('FILE', 'the page', 'docs/requirements.md'),
  },
} satisfies Usage;

const BEGIN = '<!-- figures: begin -->';
const END = '<!-- figures: end -->';

/** Where the figures come from, and the table, as Markdown. */
function renderFigures(
  { run: { environment, sides, settings, startedAt }, requirements }: Summary,
  name: string,
): string {
  const { commit, cpus, cpu, loadBefore } = environment;
  const rows = requirements.map(({ title, limit, how, sides: { first, second } }) => [
    ...[`${title}, p95 < ${limit} ms`, how, describeRequirement(first), describeRequirement(second)],
  ]);
  return [
    `The figures are p95 latencies over GraphQL from [\`bench/results/${name}\`](../bench/results/${name}/report.md): a ${settings.quick ? 'quick' : 'full'} run of commit ${commit}, started ${startedAt.slice(0, 10)}. First side: ${sides.first.behind}; second side: ${sides.second.behind}. Machine: ${cpus} × ${cpu}, load before the start ${loadBefore}. "Lag" is how late the generator sent in the worst trial (p99), and part of the figure.`,
    table(['Requirement', 'How it is met', sides.first.label, sides.second.label], rows),
  ].join('\n\n');
}

/** Rewrites the page; returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const { values, positionals } = readArguments(args, USAGE);
  const [name = ''] = positionals;
  const path = join(values.results, name, 'summary.json');
  if (!existsSync(path)) throw new UsageError(`there is no ${path}`);
  const summary = JSON.parse(readFileSync(path, 'utf8')) as Summary;
  const page = readFileSync(values.page, 'utf8');
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]];
  if (before === undefined || after === undefined) {
    throw new UsageError(`${values.page} has no marks "${BEGIN}" and "${END}"`);
  }
  const rewritten = `${before}${BEGIN}\n\n${renderFigures(summary, name)}\n\n${END}${after}`;
  const config = await resolveConfig('docs/requirements.md');
  writeFileSync(values.page, await format(rewritten, { ...config, parser: 'markdown' }));
  print(`${values.page}\n`);
  return 0;
}

await runCommand(import.meta.filename, main);
