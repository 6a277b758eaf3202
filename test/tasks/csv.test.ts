import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, readFile, type FileOptions } from './read-file.ts';

const HEADER = 'id,name,price';
const csv = (...rows: string[]) => lines(HEADER, ...rows);
const price = (amount: number) => ({ amount, currency: 'USD' });
const faultsOf = async (text: string, options?: FileOptions) => (await readFile(text, options)).faults;
/** Chunks of a few bytes break every sequence somewhere. */
const chunks = [1, 2, 3, 7, 65536];

describe('a catalogue as CSV', () => {
  it('is read with all its columns', async () => {
    const text = lines(
      'id,name,price,currency,category,brand,description,imageUrl,url',
      '42,Kettle,29.99,USD,Kitchen,Marlow,Boils water.,https://cdn.example.com/42.png,/p/42',
      'SKU-0007/u,Teapot,5,,,,,,',
    );
    expect(await readFile(text)).toEqual({
      products: [
        {
          id: '42',
          name: 'Kettle',
          price: price(2999),
          category: 'Kitchen',
          brand: 'Marlow',
          description: 'Boils water.',
          imageUrl: 'https://cdn.example.com/42.png',
          url: '/p/42',
        },
        { id: 'SKU-0007/u', name: 'Teapot', price: price(500) },
      ],
      faults: [],
      ignored: [],
    });
  });

  it('has its columns named by --map, and names those that say nothing once', async () => {
    const text = lines('sku,title,price,stock,,', 'A-1,Kettle,1.00,3,,', 'A-2,Teapot,2.00,4,,');
    const { products, ignored } = await readFile(text, { map: 'sku=id,title=name' });
    expect(products.map(({ id, name }) => [id, name])).toEqual([
      ['A-1', 'Kettle'],
      ['A-2', 'Teapot'],
    ]);
    expect(ignored).toEqual(['stock', '']);
  });

  it('may have a column of a field that another one is mapped to', async () => {
    const text = lines('id,sku,name,price', '1,A-1,Kettle,1.00');
    const { products, ignored } = await readFile(text, { map: 'sku=id' });
    expect(products.map(({ id }) => id)).toEqual(['A-1']);
    expect(ignored).toEqual(['id']);
  });

  it.each(chunks)('tells the lines in which rows begin, in chunks of %i bytes', async (chunk) => {
    const text = [
      '\ufeffid,name,price,description\r\n',
      '1,"A ""kettle"",\r\nblack",1.00,"two\r\n\r\nparagraphs"\r\n',
      '\r\n',
      '2,Teapot,x,\r\n',
      '3,"on\ntwo lines",y,"and\nmore"\n',
      '4,Pan,z,\r',
      '5,Pot,2.00,last',
    ].join('');
    const { products, faults } = await readFile(text, { chunk });
    expect(products.map(({ id, name, description }) => [id, name, description])).toEqual([
      ['1', 'A "kettle",\r\nblack', 'two\r\n\r\nparagraphs'],
      ['5', 'Pot', 'last'],
    ]);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'line 7, column price',
      'line 8, column price',
      'line 11, column price',
    ]);
  });

  it.each(chunks)('has each line named whose quotation marks are no CSV, in chunks of %i', async (chunk) => {
    const text = csv(
      '1,12" pipe,1.00',
      '2,"12" pipe",1.00',
      '3,Kettle,-1',
      '4,Teapot,1.00',
      '5,"never closed,1.00',
      '6,Pan,1.00',
    );
    const { products, faults } = await readFile(text, { chunk });
    expect(products.map(({ id }) => id)).toEqual(['4']);
    const noCsv =
      'has a quotation mark that is not CSV: put the whole value between two of them, and double those within';
    expect(faults).toEqual([
      `line 2: ${noCsv}`,
      `line 3: ${noCsv}`,
      'line 4, column price: must be from 0.00 to 1000000.00, but was "-1"',
      'line 6: opens a quotation mark that is never closed',
    ]);
  });

  it('does not put the rest of a file into memory behind a quotation mark', async () => {
    const text = csv('1,Kettle,1.00', '2,"Teapot,1.00') + `3,${'x'.repeat(3000)},1.00\n`.repeat(1000);
    await expect(readFile(text)).rejects.toThrow(
      /A row from line 3 on is longer than 1000000 bytes: is there/,
    );
  });

  it('may have long rows, and many of no use', async () => {
    const text = csv(`1,Kettle,1.00`, ...Array.from({ length: 3000 }, () => `2,${'x'.repeat(1000)}"y,1.00`));
    const { products, faults } = await readFile(text);
    expect([products.length, faults.length]).toEqual([1, 3000]);
  });

  it('has as many columns in each row as in its header', async () => {
    expect(await faultsOf(csv('1,Kettle', '2,Teapot,1.00,more', ',,'))).toEqual([
      'line 2: must have 3 columns, as the header has, but has 2',
      'line 3: must have 3 columns, as the header has, but has 4',
      'line 4, column id: must not be empty\nline 4, column name: must not be empty\nline 4, column price: must not be empty',
    ]);
  });

  it('may be separated by something else, where that is said', async () => {
    expect((await readFile('id;name;price\n1;a,b;2.00\n', { delimiter: ';' })).products[0]?.name).toBe('a,b');
    expect((await readFile('id\tname\tprice\n1\ta\t2.00\n', { delimiter: '\t' })).faults).toEqual([]);
    await expect(readFile('id;name;price\n1;a;2\n')).rejects.toThrow(
      'The header is one column with ";" in it: say --delimiter ";"',
    );
    await expect(readFile('id\tname\tprice\n')).rejects.toThrow('say --delimiter "\\t"');
  });

  it.each<[string, FileOptions, RegExp]>([
    ['', {}, /The file is empty: its first line must name the columns/],
    ['\n\n', {}, /The file is empty/],
    ['id,title,price\n', {}, /has no column for name: its columns are "id", "title", "price"\. Say which/],
    ['ID,Name,Price\n', {}, /has no column for id, name, price/],
    ['id,name,price,name\n', {}, /has the column name twice/],
    [
      'id,name,price\n',
      { map: 'sku=id' },
      /--map names sku, which the file does not have: its columns are "id"/,
    ],
  ])('is refused for a header that does not fit: %j', async (text, options, message) => {
    await expect(readFile(text, options)).rejects.toThrow(message);
  });

  it('may have no row', async () => {
    expect(await readFile(`${HEADER}\n`)).toEqual({ products: [], faults: [], ignored: [] });
    expect((await readFile(HEADER)).products).toEqual([]);
  });

  it('has each product once, and the first counts', async () => {
    const text = csv('7,Kettle,1.00', '007,Teapot,1.00', '7,Pan,2.00', '7,Pot,x');
    const { products, faults } = await readFile(text);
    expect(products.map(({ id, name }) => [id, name])).toEqual([
      ['7', 'Kettle'],
      ['007', 'Teapot'],
    ]);
    expect(faults).toEqual([
      'line 4, column id: must be there once, but 7 is in line 2 too',
      expect.stringMatching(/^line 5, column price: must be a decimal of USD/),
    ]);
  });

  it('comes back from what export quotes, whatever the texts', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((one) => !/[\0\ufffd]/.test(one));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...chunks), async (name, chunk) => {
        const quoted = `"${`x${name}`.replaceAll('"', '""')}"`;
        const { products, faults } = await readFile(csv(`1,${quoted},1.00`), { chunk });
        expect(faults).toEqual([]);
        expect(products[0]?.name).toBe(`x${name}`);
      }),
      { numRuns: 100 },
    );
  });
});
