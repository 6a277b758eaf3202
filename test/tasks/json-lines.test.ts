import { describe, expect, it } from 'vitest';
import { memberNames } from '../../src/tasks/catalogue/member-names.ts';
import { lines, readFile as read, type FileOptions } from './read-file.ts';

const readFile = (text: string, options: FileOptions = {}) => read(text, { format: 'jsonl', ...options });

describe('a catalogue as JSON Lines', () => {
  it.each([1, 5, 65536])('is read, in chunks of %i bytes', async (chunk) => {
    const text = [
      '\ufeff{"id":42,"name":"Kettle","price":"29.99","brand":null}\r\n',
      '\n',
      '{"price":"1","id":"SKU-7","name":"two\\nlines \u2028 and \u2029 \r more","stock":3}',
    ].join('');
    const { products, faults, ignored } = await readFile(text.replace('\r more', ' more'), { chunk });
    expect(faults).toEqual([]);
    expect(products).toEqual([
      { id: '42', name: 'Kettle', price: { amount: 2999, currency: 'USD' } },
      { id: 'SKU-7', name: 'two\nlines \u2028 and \u2029  more', price: { amount: 100, currency: 'USD' } },
    ]);
    expect(ignored).toEqual(['stock']);
  });

  it('has its names mapped, and ignores those of any line', async () => {
    const text = lines(
      '{"sku":"a","title":"A","price":"1","x":1}',
      '{"sku":"b","title":"B","price":"2","y":{"id":1}}',
    );
    const { products, ignored } = await readFile(text, { map: 'sku=id,title=name' });
    expect(products.map(({ id, name }) => id + name)).toEqual(['aA', 'bB']);
    expect(ignored).toEqual(['x', 'y']);
  });

  it('has every line reported that is no product', async () => {
    const text = lines(
      '["id","name","price"]',
      '{"id":"1","name":"A","price":29.99}',
      '{"id":"2","name":"B"',
      '{"id":"3","name":["C"],"price":"1"}',
      '{"id":"4","id":"5","name":"D","price":"1"}',
      '{"id":9007199254740993,"name":"E","price":"1"}',
      '{"id":"6","price":"1"}',
      '"text"',
      '{"id":"7","name":"G","price":true}',
      '{"id":"8","name":"\\u0000","price":"1"}',
      '{"id":"9","name":"\\ud800","price":"1"}',
    );
    const { products, faults } = await readFile(text);
    expect(products).toEqual([]);
    expect(faults).toEqual([
      'line 1: must be a JSON object',
      'line 2, column price: must be text, such as "29.99", but was of type number',
      'line 3: must be a JSON object',
      'line 4, column name: must be text, but was a list',
      'line 5, column id: must be there once',
      'line 6, column id: must be text or a whole number up to 9007199254740991, but was of type number',
      'line 7, column name: must not be empty',
      'line 8: must be a JSON object',
      'line 9, column price: must be text, such as "29.99", but was of type boolean',
      expect.stringMatching(/^line 10, column name: must be well-formed Unicode without U\+0000/),
      expect.stringMatching(/^line 11, column name: must be well-formed Unicode/),
    ]);
  });

  it('has a line reported that is too long, and goes on', async () => {
    const { products, faults } = await readFile(
      lines(
        `{"id":"1","name":"A","price":"1","x":"${'x'.repeat(1_000_000)}"}`,
        '{"id":"2","name":"B","price":"1"}',
      ),
      { chunk: 10_000 },
    );
    expect(faults).toEqual(['line 1: must have at most 1000000 bytes']);
    expect(products.map(({ id }) => id)).toEqual(['2']);
  });

  it('may not be empty', async () => {
    await expect(readFile('')).rejects.toThrow('The file is empty');
    await expect(readFile('\n \n')).rejects.toThrow('The file is empty');
  });

  it('has the names of an object as they stand in it', () => {
    expect(memberNames('{"a":{"b":1},"c":[{"d":"}"},"e"],"a":"\\",\\"x\\":","\\u0061":null}')).toEqual([
      'a',
      'c',
      'a',
      'a',
    ]);
    expect(memberNames('{}')).toEqual([]);
  });
});
