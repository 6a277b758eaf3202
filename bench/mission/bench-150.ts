/** `npm run bench:150 -- --host URL --output postgres_results.json`: see HELP. */
import { rmSync, writeFileSync } from 'node:fs';
import {
  choice,
  flag,
  number,
  readArguments,
  runCommand,
  text,
  urls,
  UsageError,
  type Print,
  type Usage,
} from '../command-line.ts';
import { createRandom } from '../load/random.ts';
import { measureAccessPatterns, runOperationTest } from './operation-test.ts';
import { patternsPath, type ResultRecord } from './results-file.ts';
import { openShopClient } from '../client/shop-client.ts';
import { percentileOfSorted, sortAscending } from '../statistics/statistics.ts';

const USAGE = {
  call: 'npm run bench:150 -- --host URL --output FILE [options]',
  options: {
    host: urls('the running service'),
    output: text('FILE', 'where the 150 records go, as a JSON array'),
    api: choice('KIND', 'rest or graphql', ['rest', 'graphql'], 'rest'),
    seed: text('TEXT', 'customers, products and quantities come from it', '1'),
    'think-ms': number('pause of the concurrent shoppers between two requests', {
      fallback: 2000,
      minimum: 0,
      maximum: 60_000,
    }),
    'no-access-patterns': flag(
      'leave out what follows the 150 operations: customer history, a cart of 50 items and 100\nconcurrent shoppers, recorded in FILE with .access-patterns.json at its end',
    ),
  },
  notes: `BENCH_TOKEN in the environment is sent as a bearer token with every request.
Exit code 0 when all requests succeeded, 1 when some failed, 2 when it could not run.`,
} satisfies Usage;

function summarise(records: readonly ResultRecord[]): string {
  const lines: string[] = [];
  for (const operation of new Set(records.map((record) => record.operation))) {
    const mine = records.filter((record) => record.operation === operation);
    const times = sortAscending(mine.map((record) => record.response_time));
    const good = mine.filter((record) => record.success).length;
    const [p50, p95] = [percentileOfSorted(times, 50), percentileOfSorted(times, 95)];
    lines.push(
      `${operation.padEnd(24)}${`${good}/${mine.length}`.padStart(8)}  p50 ${p50.toFixed(2)} ms  p95 ${p95.toFixed(2)} ms`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Writes the file, prints a summary; returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const { values } = readArguments(args, USAGE);
  const [host] = values.host;
  const { output } = values;
  if (host === undefined || output === undefined) throw new UsageError('--host and --output are needed');
  const shop = openShopClient(host, values.api);
  try {
    const records: ResultRecord[] = await runOperationTest(shop, createRandom(values.seed));
    if (records.every((record) => record.status_code === 0))
      throw new UsageError(`nothing answers at ${host}`);
    writeFileSync(output, `${JSON.stringify(records, null, 2)}\n`);
    // Those of an earlier run would be taken for this one's.
    rmSync(patternsPath(output), { force: true });
    const patterns = values['no-access-patterns']
      ? []
      : await measureAccessPatterns(shop, values.seed, values['think-ms']);
    if (patterns.length > 0) {
      writeFileSync(patternsPath(output), `${JSON.stringify(patterns, null, 2)}\n`);
    }
    print(summarise([...records, ...patterns]));
    return [...records, ...patterns].every((record) => record.success) ? 0 : 1;
  } finally {
    shop.close();
  }
}

await runCommand(import.meta.filename, main);
