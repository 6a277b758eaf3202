/** `npm run bench:150 -- --host URL --output postgres_results.json`: see USAGE. */
import { rmSync, writeFileSync } from 'node:fs';
import * as cli from '../command-line.ts';
import { openConnections } from '../load/connections.ts';
import { percentileOf } from '../statistics.ts';
import { createTest } from './operation-test.ts';
import { patternsPath, type ResultRecord } from './results-file.ts';

const USAGE = {
  call: 'npm run bench:150 -- --host URL --output FILE [options]',
  options: {
    host: cli.urls('the running service'),
    output: cli.text('FILE', 'where the 150 records go, as a JSON array', undefined),
    api: cli.choice('rest or graphql', ['rest', 'graphql'], 'rest'),
    seed: cli.text('TEXT', 'customers, products and quantities come from it', '1'),
    'think-ms': cli.number('pause of the concurrent shoppers between two requests', [0, 60_000], 2000),
    'no-access-patterns': cli.flag('leave out what follows the 150 operations'),
  },
  notes: `After the 150 operations: customer history, a cart of 50 items and 100 concurrent shoppers, recorded in FILE with
.access-patterns.json at its end. BENCH_TOKEN in the environment is sent as a bearer token with every request.
Exit code 0 when all requests succeeded, 1 when some failed, 2 when it could not run.`,
};

function summarise(records: readonly ResultRecord[]): string {
  const lines = [...new Set(records.map(({ operation }) => operation))].map((operation) => {
    const mine = records.filter((record) => record.operation === operation);
    const times = mine.map((record) => record.response_time);
    const good = `${mine.filter(({ success }) => success).length}/${mine.length}`;
    const [p50, p95] = [percentileOf(times, 50).toFixed(2), percentileOf(times, 95).toFixed(2)];
    return `${operation.padEnd(24)}${good.padStart(8)}  p50 ${p50} ms  p95 ${p95} ms\n`;
  });
  return lines.join('');
}

/** Writes the files, prints a summary; returns the exit code. */
export async function main(args: readonly string[], print: cli.Print): Promise<number> {
  const { values } = cli.readArguments(args, USAGE);
  const [host] = values.host;
  const { output } = values;
  if (host === undefined || output === undefined) throw new cli.UsageError('--host and --output are needed');
  const connections = openConnections(new URL(host));
  const test = createTest(connections, host, values.api, values.seed);
  const save = (path: string, records: readonly ResultRecord[]) => {
    writeFileSync(path, `${JSON.stringify(records, null, 2)}\n`);
  };
  try {
    const records = await test.operations();
    if (records.every((record) => record.status_code === 0))
      throw new cli.UsageError(`nothing answers at ${host}`);
    save(output, records);
    // Those of an earlier run would be taken for this one's.
    rmSync(patternsPath(output), { force: true });
    const patterns = values['no-access-patterns'] ? [] : await test.accessPatterns(values['think-ms']);
    if (patterns.length > 0) save(patternsPath(output), patterns);
    print(summarise([...records, ...patterns]));
    return [...records, ...patterns].every((record) => record.success) ? 0 : 1;
  } finally {
    connections.close();
  }
}

await cli.runCommand(import.meta.filename, main);
