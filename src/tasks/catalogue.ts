/**
 * `npm run catalogue -- import FILE`, `export [FILE]`, `check FILE`: one's own products, as CSV with a header or as JSON Lines. `-` is
 * standard input or output.
 */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ProductId } from '../cart/ids.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../process/log.ts';
import { openStores, type Stores } from '../stores/open-stores.ts';
import { readArguments, USAGE, writesToOutput, type Arguments } from './catalogue/arguments.ts';
import { describeBad, readProducts, type BadLine } from './catalogue/check-file.ts';
import { writeLines } from './catalogue/export-file.ts';
import { importProducts, withdrawOthers } from './catalogue/import-file.ts';
import { createProgress } from './catalogue/progress.ts';
import { readRows } from './catalogue/read-rows.ts';
import type { RowReader } from './catalogue/row-reader.ts';
import { openSource } from './catalogue/source.ts';
import { runTask } from './run-task.ts';

await runTask(async (config, log) => {
  const given = readArguments(process.argv.slice(2));
  if (given.action === 'help') return USAGE;
  if (given.action === 'export') return exportTo(given, config, log);
  const read = await openSource(given.file);
  const open = () => readRows(read(), given.reading);
  const checked = await check(open(), config, given);
  if (given.action === 'import') return importFrom(open, checked, given, config, log);
  return `${count(checked.good)} products, nothing wrong with any of them.`;
});

interface Checked {
  readonly good: number;
  readonly bad: number;
  /** The line of a row that may have swallowed others. */
  readonly endless?: number | undefined;
}

/** Reports every bad line. @throws Error when there is a bad line and none may be skipped, or no product */
async function check(reader: RowReader, config: Config, { action, skipBad, replace }: Arguments) {
  const checked: { good: number; bad: number; endless?: number } = { good: 0, bad: 0 };
  const progress = createProgress('products checked', undefined);
  const report = (line: BadLine) => {
    checked.bad += 1;
    if (line.faults.some(({ endless }) => endless)) checked.endless ??= line.line;
    progress.say(describeBad(line));
  };
  for await (const _product of readProducts(reader, config.currency, report)) {
    progress.report((checked.good += 1));
  }
  progress.end();
  const ignored = reader.ignored();
  if (ignored.length > 0) console.error(`Ignored columns: ${ignored.join(', ')}`);
  const { good, bad } = checked;
  if (bad > 0 && !skipBad) {
    const fate = action === 'check' ? '' : '. Nothing was imported';
    const remedy = action === 'check' || replace ? '' : '; --skip-bad imports the others';
    throw new Error(`${count(bad)} of ${count(good + bad)} rows are not as they must be${fate}${remedy}`);
  }
  if (checked.endless !== undefined) {
    throw new Error(
      `From line ${checked.endless} on rows cannot be told apart, because of its quotation mark: --skip-bad could leave out good ones. Nothing was imported`,
    );
  }
  // A catalogue that became empty by a mistake would be replaced by nothing.
  if (good === 0) throw new Error('The file has no product');
  return checked;
}

async function importFrom(
  open: () => RowReader,
  { good, bad }: Checked,
  { replace, skipBad }: Arguments,
  config: Config,
  log: Log,
): Promise<string> {
  return withStores(config, log, async ({ catalog, location }) => {
    const start = performance.now();
    const progress = createProgress('products', good);
    const lines = new Map<ProductId, number>();
    const products = readProducts(open(), config.currency, skipBad ? skip : changed, lines);
    await importProducts(catalog, products, progress.report);
    progress.end();
    const withdrawing = createProgress('others withdrawn', undefined);
    const withdrawn = replace ? await withdrawOthers(catalog, lines, withdrawing.report) : 0;
    withdrawing.end();
    const seconds = (performance.now() - start) / 1000;
    const others = replace ? ` ${count(withdrawn)} others were withdrawn.` : '';
    const left = bad > 0 ? ` ${count(bad)} bad rows were left out.` : '';
    return `${count(lines.size)} products are in ${location}.${left}${others} It took ${seconds.toFixed(1)} s.`;
  });
}

function skip(): void {
  // It was reported when the file was checked.
}

function changed(bad: BadLine): never {
  throw new Error(`The file has changed since it was checked: ${describeBad(bad)}`);
}

/** A file is there whole or not at all. */
async function exportTo(given: Arguments, config: Config, log: Log): Promise<string> {
  return withStores(config, log, async ({ catalog }) => {
    const { file, reading } = given;
    const progress = createProgress('products', undefined);
    let written = 0;
    const lines = writeLines(catalog, reading.format, (all) => {
      progress.report((written = all));
    });
    if (writesToOutput(given)) {
      await pipeline(lines, process.stdout, { end: false }).catch(unlessClosed);
      return '';
    }
    const part = `${file}.part`;
    await pipeline(lines, createWriteStream(part))
      .then(() => rename(part, file))
      .catch(async (error: unknown) => {
        await rm(part, { force: true });
        throw error;
      });
    progress.end();
    return `${count(written)} products are in ${file}.`;
  });
}

/** Whoever reads has enough, as `head` has. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function withStores(
  config: Config,
  log: Log,
  work: (stores: Stores) => Promise<string>,
): Promise<string> {
  const { store, move, currency } = config;
  const surroundings = { clock: Date.now, currency, log, sweeps: false };
  const stores = await openStores(store, surroundings, { demo: 0, move });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

function count(number: number): string {
  return number.toLocaleString('en');
}
