/** `npm run bench:compare -- postgres_results.json dynamodb_results.json`: see HELP. */
import { basename } from 'node:path';
import { readArguments, runCommand, type Print, type Usage } from '../command-line.ts';
import {
  checkRequirements,
  compareOperations,
  type Figures,
  type OperationComparison,
  type ResultSet,
} from './compare-results.ts';
import { readPatterns, readResults } from './results-file.ts';
import { isMaximum } from '../statistics/statistics.ts';

const USAGE = {
  call: `npm run bench:compare -- FIRST.json SECOND.json
Compares two results files of bench:150 and checks the access-pattern requirements of each.
Exit code 0 when all that were measured hold, 1 when one does not, 2 when a file is not usable.`,
  positionals: ['FIRST.json', 'SECOND.json'],
  options: {},
} satisfies Usage;

const ms = (value: number) => `${value.toFixed(2)} ms`;

function figureRow(name: string, { count, succeeded, times }: Figures): string {
  const success = `${succeeded}/${count} (${((100 * succeeded) / count).toFixed(0)} %)`;
  if (times === undefined) return `  ${name.padEnd(28)}${success.padStart(14)}   no successful request`;
  // With so few values the highest percentile is the maximum itself: said, rather than printed as a p99.
  const top = isMaximum(succeeded, 99) ? 'max (= p99)' : 'max';
  const figures = [
    `mean ${ms(times.mean)}`,
    `min ${ms(times.minimum)}`,
    `p50 ${ms(times.p50)}`,
    `p95 ${ms(times.p95)}`,
    `${top} ${ms(times.maximum)}`,
  ];
  return `  ${name.padEnd(28)}${success.padStart(14)}   ${figures.join('  ')}`;
}

function differenceRow(
  { difference }: OperationComparison,
  [first, second]: readonly [string, string],
): string {
  if (difference === undefined) return '  difference: too few successful requests';
  const { estimate, low, high } = difference;
  const sign = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
  const reading =
    low > 0
      ? `${second} is slower`
      : high < 0
        ? `${second} is faster`
        : 'the interval includes 0: no difference shown';
  return `  mean of ${second} minus ${first}: ${sign(estimate)} ms, 95 % interval ${sign(low)} to ${sign(high)} ms; ${reading}`;
}

function renderComparison(first: ResultSet, second: ResultSet): string[] {
  const lines: string[] = [];
  for (const comparison of compareOperations(first, second)) {
    lines.push(
      comparison.operation,
      figureRow(first.name, comparison.first),
      figureRow(second.name, comparison.second),
      differenceRow(comparison, [first.name, second.name]),
      '',
    );
  }
  return lines;
}

function renderRequirements(set: ResultSet): string[] {
  return [
    `Access-pattern requirements, ${set.name} (p95, every request successful)`,
    ...checkRequirements(set).map(({ title, limit, figures: { count, succeeded, times }, outcome }) => {
      const measured = times === undefined ? '' : `p95 ${ms(times.p95)}, ${succeeded}/${count} successful`;
      return `  ${outcome.padEnd(15)}${title.padEnd(34)}< ${limit} ms`.padEnd(60) + `  ${measured}`;
    }),
    '',
  ];
}

/** Prints the comparison; returns the exit code. */
export function main(args: readonly string[], print: Print): number {
  const { positionals } = readArguments(args, USAGE);
  const [first, second] = positionals.map((path): ResultSet => ({
    name: basename(path).replace(/(_results)?\.json$/, ''),
    records: readResults(path),
    patterns: readPatterns(path),
  })) as [ResultSet, ResultSet];
  const checks = [...checkRequirements(first), ...checkRequirements(second)];
  const unmeasured = checks.some(({ outcome }) => outcome === 'not measured');
  const lines = [
    ...renderComparison(first, second),
    ...renderRequirements(first),
    ...renderRequirements(second),
    ...(unmeasured
      ? ['"not measured": run bench:150 without --no-access-patterns, it writes those records too.']
      : []),
    'One request at a time after the other, without randomised order: a first look. npm run compare is the real test.',
  ];
  print(`${lines.join('\n')}\n`);
  return checks.some(({ outcome }) => outcome === 'does not hold') ? 1 : 0;
}

await runCommand(import.meta.filename, main);
