import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { operationAt, prettify, replaceOperation } from '../../../src/playground/page/documents.ts';

const two = '# Mine\nquery A { a }\nquery B { b }';

it('finds the operation at the cursor, else the first', () => {
  expect(operationAt(parse(two), two.length)?.name?.value).toBe('B');
  expect(operationAt(parse(two), 0)?.name?.value).toBe('A');
  expect(operationAt(undefined, 0)).toBeUndefined();
});

it('replaces one operation and keeps the others, and the first comments', () => {
  const document = parse(two);
  const b = operationAt(document, two.length);
  const c = operationAt(parse('query C { c }'), 0);
  if (!b) throw new Error('no operation');
  expect(replaceOperation(two, document, b, c)).toBe('# Mine\nquery A {\n  a\n}\n\nquery C {\n  c\n}\n');
  expect(replaceOperation(two, document, b, undefined)).toBe('# Mine\nquery A {\n  a\n}\n');
});

it('prettifies, unless a comment would be lost or the text is not GraphQL', () => {
  expect(prettify('# Mine\n{a}')).toBe('# Mine\n{\n  a\n}\n');
  expect(prettify('{a # why\n}')).toBe('{a # why\n}');
  expect(prettify('{a')).toBe('{a');
});
