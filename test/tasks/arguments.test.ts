/** What `npm run catalogue` refuses; test/process/catalogue.test.ts shows that a refusal is one line, and status 1. */
import { expect, it } from 'vitest';
import { readArguments } from '../../src/tasks/catalogue/arguments.ts';

it.each<[string, string[], RegExp]>([
  ['no action', [], /^Say import, export or check\. "npm run catalogue -- --help" says how it is used$/],
  ['no file', ['import'], /^Name one file\./],
  ['two files', ['check', 'a', 'b'], /^Name one file\./],
  ['an unknown option', ['import', 'a', '--force'], /^Unknown option '--force'/],
  ['both ways', ['import', 'a', '--replace', '--skip-bad'], /^--replace would withdraw/],
  ['a field that there is not', ['import', 'a', '--map', 'x=y'], /^--map must be like sku=id,title=name/],
  ['a column twice', ['import', 'a', '--map', 'x=id,x=name'], /^--map must name each column once/],
  ['a long delimiter', ['import', 'a', '--delimiter', ';;'], /^--delimiter must be one character/],
  ['a format that there is not', ['import', 'a', '--format', 'xml'], /^--format must be csv or jsonl/],
])('tells of %s in one line', (_, args, message) => {
  expect(() => readArguments(args)).toThrow(message);
  expect(() => readArguments(args)).not.toThrow(/\n/);
});
