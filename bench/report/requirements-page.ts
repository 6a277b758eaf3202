/** `npm run requirements -- NAME`: puts the figures of a comparison into docs/requirements.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readArguments, runCommand, text, UsageError, type Print, type Usage } from '../command-line.ts';
import { describeRequirement } from './latency.ts';
import { table } from './model.ts';
import type { REQUIREMENTS } from './requirements.ts';
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

/** How the service meets each requirement; by its title. */
const HOW: Readonly<Record<(typeof REQUIREMENTS)[number]['title'], string>> = {
  'get cart by id': 'One statement that joins and aggregates; one GetItem',
  'get cart of 50 items': 'The same: a cart is one answer or one item at any size, up to 500 products',
  'create cart': 'One statement; one conditional PutItem',
  'add items':
    'Load, pure change, conditional commit: one read and one write of the cart, on PostgreSQL shared with others of the same moment',
  'customer history': 'Keyset page over an index; one Query on `CustomerIndex`, 20 carts a page',
  'get cart, 120 concurrent shoppers':
    'No shared locks between carts; changes to one cart queue up inside a process',
  'create cart, 120 concurrent shoppers': 'The same',
  'add items, 120 concurrent shoppers': 'The same',
  'customer history, 120 concurrent shoppers': 'The same',
};

const isTitle = (title: string): title is keyof typeof HOW => title in HOW;

/** Where the figures come from, and the table, as Markdown. */
export function renderFigures({ run, requirements }: Summary, name: string): string {
  const { environment, sides, settings } = run;
  const { first, second } = sides;
  const rows = requirements.map(({ title, limit, sides: figures }) => [
    `${title}, p95 < ${limit} ms`,
    isTitle(title) ? HOW[title] : '',
    describeRequirement(figures.first),
    describeRequirement(figures.second),
  ]);
  const head = ['Requirement', 'How it is met', first.label, second.label];
  return [
    `The figures are p95 latencies over GraphQL from [\`bench/results/${name}\`](../bench/results/${name}/report.md): a ${settings.quick ? 'quick' : 'full'} run of commit ${environment.commit}, started ${run.startedAt.slice(0, 10)}. First side: ${first.behind}; second side: ${second.behind}. Machine: ${environment.cpus} × ${environment.cpu}, load before the start ${environment.loadBefore}.`,
    table(head, rows),
  ].join('\n\n');
}

function readSummary(path: string): Summary {
  if (!existsSync(path)) throw new UsageError(`there is no ${path}`);
  const summary = JSON.parse(readFileSync(path, 'utf8')) as Summary;
  // Older results have no counts of requests: without them nobody can say what a p95 rests on.
  const isOlder = summary.requirements.some((check) => !('sides' in check));
  if (isOlder) throw new UsageError(`${path} is of an older format: measure again`);
  return summary;
}

/** Rewrites the page; returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const { values, positionals } = readArguments(args, USAGE);
  const [name = ''] = positionals;
  const summary = readSummary(join(values.results, name, 'summary.json'));
  const page = readFileSync(values.page, 'utf8');
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]];
  if (before === undefined || after === undefined) {
    throw new UsageError(`${values.page} has no marks "${BEGIN}" and "${END}"`);
  }
  const text = `${before}${BEGIN}\n\n${renderFigures(summary, name)}\n\n${END}${after}`;
  const config = await resolveConfig('docs/requirements.md');
  writeFileSync(values.page, await format(text, { ...config, parser: 'markdown' }));
  print(`${values.page}\n`);
  return 0;
}

await runCommand(import.meta.filename, main);
