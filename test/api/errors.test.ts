/** docs/errors.md says what every bad input gets; here every row of it is tried, on both stores. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCircumstances, type Circumstances } from '../support/circumstances.ts';
import { storeTypes } from '../support/test-app.ts';
import { errorRows } from './error-rows.ts';
import { createErrorTools, type ErrorTools } from './error-tools.ts';

test('docs/errors.md has these rows', async () => {
  const rows = Object.entries(errorRows).map(([heading, rows]) => [
    heading,
    rows.map(({ input, graphql, rest }) => [input, graphql?.[0] ?? '—', rest?.[0] ?? '—']),
  ]);
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  expect(tablesOf(text)).toEqual(Object.fromEntries(rows));
});

describe.each(storeTypes)('bad input on %s', (storeType) => {
  let service: Circumstances;
  let tools: ErrorTools;
  beforeAll(async () => {
    service = await openCircumstances(storeType, 501);
    tools = createErrorTools(service);
  });
  afterAll(() => service.close());

  test.each(Object.values(errorRows).flat())('$input', async ({ graphql, rest }) => {
    if (graphql) expect(await graphql[1](tools)).toBe(graphql[0]);
    if (rest) expect(await rest[1](tools)).toBe(rest[0]);
  });
});

/** The rows of each table of a Markdown text, by the heading above; without the tables' own headings. */
function tablesOf(markdown: string): Record<string, string[][]> {
  const tables: Record<string, string[][]> = {};
  for (const section of markdown.split(/^## /m).slice(1)) {
    const lines = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('|')).slice(2);
    if (rows.length === 0) continue;
    tables[lines[0] ?? ''] = rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  }
  return tables;
}
