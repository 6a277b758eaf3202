/**
 * `npm run catalogue -- import FILE`, `export [FILE]`, `check FILE`: one's own products, as CSV with a header or as JSON Lines. `-` is
 * standard input or output.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../config/config.ts';
import type { Log } from '../process/log.ts';
import { openStores, type Stores } from '../stores/open-stores.ts';
import { describeBad, readProducts } from './catalogue/check-file.ts';
import { parseMap } from './catalogue/columns.ts';
import { exportProducts } from './catalogue/export-file.ts';
import { importProducts, withdrawOthers } from './catalogue/import-file.ts';
import { createProgress } from './catalogue/progress.ts';
import { readRows, type Format, type ReadOptions, type RowReader } from './catalogue/read-rows.ts';
import { runTask } from './run-task.ts';

const USAGE = `npm run catalogue -- import FILE [--replace | --skip-bad] [--map sku=id,title=name] [--format csv|jsonl] [--delimiter ";"]
npm run catalogue -- check FILE [--map …] [--format …] [--delimiter …]
npm run catalogue -- export [FILE] [--format csv|jsonl]
FILE may be - for standard input or output.`;

const options = {
  replace: { type: 'boolean', default: false },
  'skip-bad': { type: 'boolean', default: false },
  map: { type: 'string', default: '' },
  format: { type: 'string' },
  delimiter: { type: 'string', default: ',' },
} as const;

await runTask(async (config, log) => {
  const { action, file, replace, skipBad, reading } = readArguments();
  if (action === 'export') return exportTo(file, reading.format, config, log);
  const source = await openSource(file);
  try {
    const open = () => readRows(source.read(), reading);
    const good = await check(open(), config, action === 'import' && skipBad);
    if (action === 'check') return `${good.toLocaleString('en')} products, nothing wrong with any of them.`;
    return await importFrom(open, good, { replace }, config, log);
  } finally {
    await source.close();
  }
});

interface Arguments {
  readonly action: 'import' | 'export' | 'check';
  readonly file: string;
  readonly replace: boolean;
  readonly skipBad: boolean;
  readonly reading: ReadOptions;
}

/** @throws Error with what is wrong and how it is meant */
function readArguments(): Arguments {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [action, file = action === 'export' ? '-' : undefined, ...more] = positionals;
  if (action !== 'import' && action !== 'export' && action !== 'check') throw new Error(USAGE);
  if (file === undefined || more.length > 0) throw new Error(`One file must be named.\n${USAGE}`);
  const { replace, 'skip-bad': skipBad, format, delimiter } = values;
  if (replace && skipBad) {
    throw new Error(
      '--replace would withdraw the products of the lines that --skip-bad leaves out: use one of them',
    );
  }
  if (format !== undefined && format !== 'csv' && format !== 'jsonl') {
    throw new Error(`--format must be csv or jsonl, but was "${format}"`);
  }
  const named = /\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'csv';
  return {
    action,
    file,
    replace,
    skipBad,
    reading: { format: format ?? named, delimiter, map: parseMap(values.map) },
  };
}

/** A source that can be read twice: before anything is changed, and then to change it. */
async function openSource(file: string): Promise<{ read(): Readable; close(): Promise<void> }> {
  if (file !== '-') return { read: () => createReadStream(file), close: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  const copy = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }));
  return { read: () => createReadStream(copy), close: () => rm(folder, { recursive: true }) };
}

/** Reports every bad line. @returns how many products are good @throws Error when there is a bad line and none may be skipped */
async function check(reader: RowReader, { currency }: Config, skipBad: boolean): Promise<number> {
  let [good, bad] = [0, 0];
  const report = (line: Parameters<typeof describeBad>[0]) => {
    bad += 1;
    console.error(describeBad(line));
  };
  for await (const _product of readProducts(reader, currency, report)) good += 1;
  const { ignored } = reader.columns();
  if (ignored.length > 0) console.error(`Ignored columns: ${ignored.join(', ')}`);
  if (bad > 0 && !skipBad) {
    throw new Error(
      `${bad} of ${good + bad} lines are not as they must be. Nothing was imported; --skip-bad imports the others.`,
    );
  }
  return good;
}

async function importFrom(
  open: () => RowReader,
  total: number,
  { replace }: { readonly replace: boolean },
  config: Config,
  log: Log,
): Promise<string> {
  return withStores(config, log, async ({ catalog, location }) => {
    const start = performance.now();
    const progress = createProgress('products', total);
    const products = readProducts(open(), config.currency, () => undefined);
    const ids = await importProducts(catalog, products, progress.report);
    progress.end();
    const withdrawn = replace ? await withdrawOthers(catalog, ids) : 0;
    const seconds = (performance.now() - start) / 1000;
    const others = replace ? `, ${withdrawn.toLocaleString('en')} others were withdrawn` : '';
    return `${ids.size.toLocaleString('en')} products are in ${location}${others}. It took ${seconds.toFixed(1)} s.`;
  });
}

async function exportTo(file: string, format: Format, config: Config, log: Log): Promise<string> {
  return withStores(config, log, async ({ catalog }) => {
    const progress = createProgress('products', undefined);
    const out = file === '-' ? process.stdout : createWriteStream(file);
    const count = await exportProducts(catalog, out, format, progress.report);
    progress.end();
    if (file === '-') return '';
    out.end();
    await finished(out);
    return `${count.toLocaleString('en')} products are in ${file}.`;
  });
}

async function withStores(
  config: Config,
  log: Log,
  work: (stores: Stores) => Promise<string>,
): Promise<string> {
  const { store, currency } = config;
  const stores = await openStores(store, { clock: Date.now, currency, log, sweeps: false });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}
