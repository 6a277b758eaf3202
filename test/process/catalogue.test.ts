import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueDatabases, type CatalogueDatabase } from '../support/catalogue-databases.ts';
import { runCatalogue } from './run-catalogue.ts';

const HEADER = 'id,name,price,currency,category,brand,description,imageUrl,url\n';
const SHOP = [
  '\ufeffsku,title,price,stock,description',
  '10,Kettle,29.99,3,',
  'SKU-7/e,"Pan, ""large"" 漢字 🛒",5,0,"two',
  'lines"',
  '9,Teapot,0.5,1,',
  '',
].join('\r\n');
const MAPPED = ['--map', 'sku=id,title=name'];
/** What is exported once that is imported; each export is a process, so it is held against this rather than against one before. */
const IMPORTED =
  `${HEADER}9,Teapot,0.50,USD,,,,,\n10,Kettle,29.99,USD,,,,,\n` +
  'SKU-7/e,"Pan, ""large"" 漢字 🛒",5.00,USD,,,"two\r\nlines",,\n';
const WITH_POT = IMPORTED.replace('SKU', '11,Pot,1.00,USD,,,,,\nSKU');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe.each(['postgres', 'dynamodb'] as const)(
  'npm run catalogue on %s',
  (type) => {
    let database: CatalogueDatabase;
    const run = (args: string[], input?: string, env: Record<string, string> = {}) =>
      runCatalogue({ ...database.env, ...env }, args, input);
    const exported = async () => (await run(['export'])).output;
    beforeAll(async () => {
      database = await catalogueDatabases[type]();
    });
    afterAll(() => database.close());

    it('imports a file, and exports it in the order of the catalogue', async () => {
      const imported = await run(['import', await file('shop.csv', SHOP), ...MAPPED]);
      expect(imported.errors).toEqual(['Ignored columns: stock']);
      expect(imported.output).toMatch(/^3 products are in \S+\. It took [\d.]+ s\.\n$/);
      expect(imported.status).toBe(0);
      expect(await exported()).toBe(IMPORTED);
    });

    it('changes nothing when a line is bad, unless bad ones may be left out', async () => {
      const path = await file('bad.csv', 'id,name,price\n9,Teapot,"1,99"\n11,Pot,1.00\n11,Pot,2.00\n');
      const told = [
        'line 2, column price: must be a decimal of USD: at most 13 integer and 2 fraction digits, such as "29.99", but was "1,99"',
        'line 4, column id: must be there once, but 11 is in line 3 too',
      ];
      const refused = await run(['import', path]);
      expect(refused).toEqual({
        status: 1,
        output: '',
        errors: [
          ...told,
          '2 of 3 rows are not as they must be. Nothing was imported; --skip-bad imports the others',
        ],
      });
      const checked = await run(['check', path]);
      expect(checked).toEqual({
        status: 1,
        output: '',
        errors: [...told, '2 of 3 rows are not as they must be'],
      });
      expect(await exported()).toBe(IMPORTED);
      const skipped = await run(['import', path, '--skip-bad']);
      expect(skipped.errors).toEqual(told);
      expect(skipped.output).toMatch(/^1 products are in \S+\. 2 bad rows were left out\./);
      expect(skipped.status).toBe(0);
      expect(await exported()).toBe(WITH_POT);
    });

    it('leaves out no good rows for the sake of one whose end nobody can tell', async () => {
      const path = await file(
        'pipe.csv',
        'id,name,price\n20,Pot,1.00\n21,"12" pipe,1.00\n22,Lid,1.00\n23,"a, b",1.00\n',
      );
      const refused = await run(['import', path, '--skip-bad']);
      expect(refused.status).toBe(1);
      expect(refused.errors.at(-1)).toMatch(/^From line 3 on rows cannot be told apart/);
      expect(await exported()).toBe(WITH_POT);
    });

    it('takes JSON Lines from standard input, withdraws the others, and gives the same back', async () => {
      const lines =
        '{"id":"b","name":"B","price":"2.00","currency":"USD"}\n{"id":"c","name":"C","price":"3.00","currency":"USD"}\n';
      const replaced = await run(['import', '-', '--format', 'jsonl', '--replace'], lines);
      expect(replaced.errors).toEqual([]);
      expect(replaced.output).toMatch(/^2 products are in \S+\. 4 others were withdrawn\./);
      expect((await run(['export', '-', '--format', 'jsonl'])).output).toBe(lines);
      const path = join(folder, `${type}.jsonl`);
      const written = await run(['export', path]);
      expect([written.status, written.output]).toEqual([0, `2 products are in ${path}.\n`]);
      expect(await readFile(path, 'utf8')).toBe(lines);
      expect((await run(['check', path])).output).toBe('2 products, nothing wrong with any of them.\n');
    });

    it('does not replace a catalogue by nothing', async () => {
      const path = await file('header.csv', 'id,name,price\n');
      const refused = await run(['import', path, '--replace']);
      expect([refused.status, refused.errors]).toEqual([1, ['The file has no product']]);
      expect((await exported()).split('\n')).toHaveLength(4);
    });

    it('keeps products in a currency of its own digits', async () => {
      const path = await file('yen.csv', 'id,name,price\nb,B,2000\n');
      const env = { CART_CURRENCY: 'JPY' };
      expect((await run(['import', path, '--replace'], '', env)).status).toBe(0);
      expect((await run(['export'], '', env)).output).toBe(`${HEADER}b,B,2000,JPY,,,,,\n`);
      expect(
        (await run(['check', await file('cents.csv', 'id,name,price\nb,B,2.5\n')], '', env)).status,
      ).toBe(1);
    });
  },
  120_000,
);

describe('npm run catalogue', () => {
  const env = { DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/shop' };

  it.each<[string, string[], RegExp]>([
    ['no action', [], /^Say import, export or check\. "npm run catalogue -- --help" says how it is used$/],
    [
      'a file that is not there',
      ['import', 'absent.csv'],
      /^ENOENT: no such file or directory, open 'absent.csv'$/,
    ],
    ['JSON Lines that are not there', ['check', 'absent.jsonl'], /^ENOENT: no such file or directory/],
    ['a folder', ['check', '.'], /EISDIR/],
  ])('tells of %s in one line', async (_, args, message) => {
    const { status, errors, output } = await runCatalogue(env, args);
    expect([status, output, errors.length]).toEqual([1, '', 1]);
    expect(errors[0]).toMatch(message);
  });

  it('reads from an address, and tells of one that has no file, without its signature', async () => {
    const file = '{"id":"1","name":"A","price":"1"}\n'.repeat(2);
    const server = createServer((request, response) => {
      const known = request.url?.startsWith('/shop.jsonl') === true;
      response.writeHead(known ? 200 : 403).end(known ? file : '');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect((await runCatalogue(env, ['check', `${address}/shop.jsonl?signature=secret`])).errors).toEqual([
        'line 2, column id: must be there once, but 1 is in line 1 too',
        '1 of 2 rows are not as they must be',
      ]);
      expect((await runCatalogue(env, ['check', `${address}/absent.csv?signature=secret`])).errors).toEqual([
        `The file at ${address}/absent.csv cannot be read: the answer has status 403`,
      ]);
    } finally {
      server.close();
    }
    await once(server, 'close');
    expect((await runCatalogue(env, ['check', `${address}/shop.jsonl`])).errors).toEqual([
      expect.stringContaining(`The file at ${address}/shop.jsonl cannot be read: connect ECONNREFUSED`),
    ]);
  });

  it('says how it is used', async () => {
    const { status, output } = await runCatalogue(env, ['--help']);
    expect([status, output]).toEqual([0, expect.stringContaining('npm run catalogue -- import FILE')]);
  });

  it('says how far it came when the database fails, and that it can be run again', async () => {
    const database = await catalogueDatabases.postgres();
    const rows = Array.from({ length: 2500 }, (_, at) => `p${String(at).padStart(4, '0')},P,1\n`);
    const path = await file('many.csv', `id,name,price\n${rows.join('')}`);
    const client = new pg.Client(database.env['DATABASE_URL']);
    await client.connect();
    try {
      await client.query(`
        create function fail() returns trigger language plpgsql as $$ begin raise exception 'no space left' using errcode = 'disk_full'; end $$;
        create trigger fail before insert on products for each row when (new.product_id = 'p2100') execute function fail()`);
      const failed = await runCatalogue(database.env, ['import', path]);
      expect(failed).toEqual({
        status: 1,
        output: '',
        errors: [
          expect.stringContaining('no space left; 2,000 products were in by then: running it again is safe'),
        ],
      });
      await client.query('drop trigger fail on products');
      expect((await runCatalogue(database.env, ['import', path])).status).toBe(0);
      const { rows: counted } = await client.query<{ count: string }>('select count(*) from products');
      expect(counted[0]?.count).toBe('2500');
    } finally {
      await client.end();
      await database.close();
    }
  });

  it('names a database that cannot be reached, and leaves no copy of its input', async () => {
    const tmp = await mkdtemp(join(folder, 'tmp-'));
    const { status, errors } = await runCatalogue(
      { ...env, TMPDIR: tmp },
      ['import', '-'],
      'id,name,price\n1,A,1\n',
    );
    expect([status, errors]).toEqual([
      1,
      [expect.stringContaining('PostgreSQL at 127.0.0.1:1 cannot be reached')],
    ]);
    expect(await readdir(tmp)).toEqual([]);
  });
}, 120_000);
