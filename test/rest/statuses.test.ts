import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { meanings } from '../../src/rest/statuses.ts';

test('docs/errors.md explains each status of REST, and no other', async () => {
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const [paragraph = ''] = /\*\*REST\.\*\*[^]+?\n\n/.exec(text) ?? [];
  const named = new Set(paragraph.match(/\b[45]\d\d\b/g));
  expect([...named].sort()).toEqual(Object.keys(meanings));
});
