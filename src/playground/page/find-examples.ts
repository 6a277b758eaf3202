import type { ExampleGroup, PlaygroundExample } from '../playground-example.ts';

/** The groups with those examples alone in which each word of `wanted` occurs: in the group's title, the name or the text. */
export function findExamples(groups: readonly ExampleGroup[], wanted: string): ExampleGroup[] {
  const words = wanted.toLowerCase().split(/\s+/);
  return groups.flatMap(({ title, examples }) => {
    const found = examples.filter(({ name, query }) => {
      const text = `${title} ${name} ${query}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return found.length === 0 ? [] : [{ title, examples: found }];
  });
}

/** What its first comment says, up to the end of the first sentence. */
export function summaryOf({ query }: PlaygroundExample): string {
  const lines = query.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const comment = lines
    .slice(0, end)
    .map((line) => line.slice(1).trim())
    .join(' ');
  return /^.*?[.;:](?= |$)/.exec(comment)?.[0].replace(/[;:]$/, '.') ?? comment;
}
