import { expect, it } from 'vitest';
import { exampleGroups, examples } from '../../../src/playground/examples.ts';
import { findExamples, summaryOf } from '../../../src/playground/page/find-examples.ts';

const names = (wanted: string) =>
  findExamples(exampleGroups, wanted).flatMap((group) => group.examples.map(({ name }) => name));

it('finds examples by all words, in their group, name and text', () => {
  expect(names('')).toEqual(examples.map(({ name }) => name));
  expect(names('mergecarts(')).toEqual(['MergeCarts']);
  expect(names(' GUEST login')).toContain('MergeCarts');
  expect(names('catalogue products(')).toEqual(['Products']);
  expect(names('nothing of this kind')).toEqual([]);
});

it('each example says in one sentence what it shows', () => {
  for (const example of examples) {
    const summary = summaryOf(example);
    expect(summary, example.name).toMatch(/^.{15,120}[.]$/);
  }
});
