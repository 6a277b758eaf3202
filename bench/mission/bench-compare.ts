/** `npm run bench:compare -- postgres_results.json dynamodb_results.json`: see USAGE. */
import { basename } from 'node:path';
import { readArguments, runCommand, type Print } from '../command-line.ts';
import { isMaximum, mean, percentileOf, welchInterval } from '../statistics.ts';
import { OPERATION_NAMES, readResults, type ResultRecord } from './results-file.ts';

const USAGE = {
  call: `npm run bench:compare -- FIRST.json SECOND.json
Compares two results files of bench:150 and checks the access-pattern requirements of each.
Exit code 0 when all that were measured hold, 1 when one does not, 2 when a file is not usable.`,
  positionals: ['FIRST.json', 'SECOND.json'],
  options: {},
};

interface ResultSet {
  readonly name: string;
  readonly records: readonly ResultRecord[];
}

/** The access-pattern requirements: p95 in milliseconds, and every request successful. */
const REQUIREMENTS: readonly [title: string, operation: ResultRecord['operation'], limit: number][] = [
  ['get cart by id', 'get_cart', 50],
  ['create cart', 'create_cart', 100],
  ['add items', 'add_items', 100],
  ['customer history (20 carts)', 'customer_history', 500],
  ['get cart of 50 items', 'get_cart_50_items', 50],
  ['create, 100 concurrent shoppers', 'concurrent_create_cart', 100],
  ['add, 100 concurrent shoppers', 'concurrent_add_items', 100],
  ['get, 100 concurrent shoppers', 'concurrent_get_cart', 50],
];

/** Of one operation: how many requests, and the milliseconds of the successful ones. */
function timesOf({ records }: ResultSet, operation: ResultRecord['operation']) {
  const all = records.filter((record) => record.operation === operation);
  return { count: all.length, times: all.flatMap((r) => (r.success ? [r.response_time] : [])) };
}

const ms = (value: number) => `${value.toFixed(2)} ms`;

function figureRow(set: ResultSet, operation: ResultRecord['operation']): string {
  const { count, times } = timesOf(set, operation);
  const success = `${times.length}/${count} (${((100 * times.length) / count).toFixed(0)} %)`;
  const begin = `  ${set.name.padEnd(28)}${success.padStart(14)}   `;
  if (times.length === 0) return `${begin}no successful request`;
  // With so few values the highest percentile is the maximum itself: said, rather than printed as a p99.
  const top = isMaximum(times.length, 99) ? 'max (= p99)' : 'max';
  const at = (percent: number) => ms(percentileOf(times, percent));
  return `${begin}mean ${ms(mean(times))}  min ${ms(Math.min(...times))}  p50 ${at(50)}  p95 ${at(95)}  ${top} ${at(100)}`;
}

function differenceRow(first: ResultSet, second: ResultSet, operation: ResultRecord['operation']): string {
  const [a, b] = [timesOf(first, operation).times, timesOf(second, operation).times];
  if (a.length < 2 || b.length < 2) return '  difference: too few successful requests';
  const { estimate, low, high } = welchInterval(a, b);
  const sign = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
  const none = 'the interval includes 0: no difference shown';
  const reading = low > 0 ? `${second.name} is slower` : high < 0 ? `${second.name} is faster` : none;
  return `  mean of ${second.name} minus ${first.name}: ${sign(estimate)} ms, 95 % interval ${sign(low)} to ${sign(high)} ms; ${reading}`;
}

/** One failed request is enough for "does not hold". */
const checksOf = (set: ResultSet) =>
  REQUIREMENTS.map(([title, operation, limit]) => {
    const { count, times } = timesOf(set, operation);
    const p95 = times.length > 0 ? percentileOf(times, 95) : Infinity;
    const holds = times.length === count && p95 < limit;
    const outcome = count === 0 ? 'not measured' : holds ? 'holds' : 'does not hold';
    const measured = times.length > 0 ? `  p95 ${ms(p95)}, ${times.length}/${count} successful` : '';
    return { outcome, line: `  ${outcome.padEnd(15)}${title.padEnd(34)}< ${limit} ms`.padEnd(60) + measured };
  });

/** Prints the comparison; returns the exit code. */
export function main(args: readonly string[], print: Print): number {
  const { positionals } = readArguments(args, USAGE);
  const sets = positionals.map((path): ResultSet => {
    return { name: basename(path).replace(/(_results)?\.json$/, ''), records: readResults(path) };
  });
  const [first, second] = sets as [ResultSet, ResultSet];
  const checks = sets.map((set) => ({ set, list: checksOf(set) }));
  const outcomes = checks.flatMap(({ list }) => list.map(({ outcome }) => outcome));
  const lines = [
    ...OPERATION_NAMES.flatMap((name) => [
      ...[name, figureRow(first, name), figureRow(second, name), differenceRow(first, second, name), ''],
    ]),
    ...checks.flatMap(({ set, list }) => [
      `Access-pattern requirements, ${set.name} (p95, every request successful)`,
      ...list.map(({ line }) => line),
      '',
    ]),
    ...(outcomes.includes('not measured')
      ? ['"not measured": run bench:150 without --no-access-patterns, it writes those records too.']
      : []),
    'One request at a time after the other, without randomised order: a first look. npm run compare is the real test.',
  ];
  print(`${lines.join('\n')}\n`);
  return outcomes.includes('does not hold') ? 1 : 0;
}

await runCommand(import.meta.filename, main);
