import { describe, expect, it } from 'vitest';
import { lines, readFile } from './read-file.ts';

async function faultsOf(
  row: string,
  currency = 'USD',
  header = 'id,name,price,currency,url',
): Promise<string> {
  const { faults } = await readFile(lines(header, row), { currency });
  return faults.join('\n');
}

describe('a price', () => {
  const decimal =
    'must be a decimal of USD: at most 13 integer and 2 fraction digits, such as "29.99", but was';
  it.each([
    ['"1,99"', `${decimal} "1,99"`],
    ['$5', `${decimal} "$5"`],
    ['5 USD', `${decimal} "5 USD"`],
    ['1e3', `${decimal} "1e3"`],
    ['1.999', `${decimal} "1.999"`],
    [' 1.99', `${decimal} " 1.99"`],
    ['.99', `${decimal} ".99"`],
    ['+1', `${decimal} "+1"`],
    ['"1,234.50"', `${decimal} "1,234.50"`],
    ['NaN', `${decimal} "NaN"`],
    ['-1', 'must be from 0.00 to 1000000.00, but was "-1"'],
    ['1000000.01', 'must be from 0.00 to 1000000.00, but was "1000000.01"'],
    ['', 'must not be empty'],
  ])('%s is reported, and not guessed', async (price, reason) => {
    expect(await faultsOf(`1,Kettle,${price},,`)).toBe(`line 2, column price: ${reason}`);
  });

  it.each([
    ['JPY', '2999', 2999],
    ['JPY', '100000000', 100_000_000],
    ['KWD', '2.999', 2999],
    ['KWD', '100000', 100_000_000],
    ['USD', '1000000', 100_000_000],
    ['USD', '0', 0],
    ['HUF', '1.50', 150],
  ])('of %s may be %s', async (currency, text, amount) => {
    const { products } = await readFile(lines('id,name,price', `1,Kettle,${text}`), { currency });
    expect(products[0]?.price).toEqual({ amount, currency });
  });

  it.each([
    ['JPY', '29.99', /must be a decimal of JPY: at most 15 integer and 0 fraction digits, such as "2999"/],
    ['JPY', '100000001', /must be from 0 to 100000000, but was/],
    ['KWD', '1.2345', /must be a decimal of KWD: at most 12 integer and 3 fraction digits/],
    ['KWD', '100000.001', /must be from 0.000 to 100000.000, but was/],
  ])('of %s may not be %s', async (currency, text, message) => {
    expect(await faultsOf(`1,Kettle,${text},,`, currency)).toMatch(message);
  });

  it('is in the currency of the service', async () => {
    expect(await faultsOf('1,Kettle,1.00,EUR,')).toBe(
      'line 2, column currency: must be USD, which CART_CURRENCY names, but was "EUR"',
    );
  });
});

describe('a text', () => {
  it.each([
    [`1,${'x'.repeat(256)},1,,`, /^line 2, column name: must have at most 255 characters, but was "xxx/],
    [`1,${'漢'.repeat(134)},1,,`, /^line 2, column name: must have at most 400 bytes in UTF-8/],
    ['1,Ket\0tle,1,,', /^line 2, column name: must be well-formed Unicode without U\+0000/],
    ['0,Kettle,1,,', /^line 2, column id: must be at least 1/],
    ['a~b,Kettle,1,,', /^line 2, column id: must have 1 to 128 visible ASCII characters without ~/],
    ['a b,Kettle,1,,', /^line 2, column id: must have 1 to 128/],
    ['1,Kettle,1,,javascript:alert(1)', /^line 2, column url: must begin with https:/],
  ])('that no catalogue can keep is reported: %j', async (row, message) => {
    expect(await faultsOf(row)).toMatch(message);
  });

  it('is reported with all others of its row, under the names of the file', async () => {
    const { faults } = await readFile(lines('sku,title,price,url', `0,${'x'.repeat(256)},$5,x`), {
      map: 'sku=id,title=name',
    });
    expect(faults[0]?.split('\n').map((line) => line.split(':')[0])).toEqual([
      'line 2, column sku',
      'line 2, column title',
      'line 2, column price',
      'line 2, column url',
    ]);
  });

  it('may be ugly', async () => {
    const name = '  Ünïcode – 漢字 🛒 <b>&amp;</b> "quoted", \'x\' ; \\ % $(rm) =1+1  ';
    const { products, faults } = await readFile(
      lines('id,name,price', `1,"${name.replaceAll('"', '""')}",1`),
    );
    expect(faults).toEqual([]);
    expect(products[0]?.name).toBe(name);
  });
});

describe('a file in another encoding', () => {
  it('is refused as a whole when it is UTF-16', async () => {
    const text = lines('id,name,price', '1,Kettle,1.00');
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const file of [
      little,
      big,
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    ]) {
      for (const format of ['csv', 'jsonl'] as const) {
        await expect(readFile(file, { format })).rejects.toThrow(/not in UTF-8 but, as it looks, in UTF-16/);
      }
    }
  });

  it('has the lines reported that are not UTF-8', async () => {
    const file = Buffer.from(lines('id,name,price', '1,Caf\u00e9,1.00', '2,Tea,1.00'), 'latin1');
    const { products, faults } = await readFile(file);
    expect(products.map(({ id }) => id)).toEqual(['2']);
    expect(faults).toEqual([
      'line 2, column name: has bytes that are not UTF-8: save the file in that encoding',
    ]);
    const json = Buffer.from('{"id":"1","name":"Caf\u00e9","price":"1"}', 'latin1');
    expect((await readFile(json, { format: 'jsonl' })).faults).toEqual([
      'line 1, column name: has bytes that are not UTF-8: save the file in that encoding',
    ]);
  });
});
