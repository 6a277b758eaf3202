/** docs/metrics.md against the code: every metric that there is, once. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { observeProcess } from '../../src/metrics/observe-process.ts';
import { createRegistry } from '../../src/metrics/registry.ts';

const PREFIXES = 'cartwright|http_server|db_client|nodejs|v8js|process';

/** Names as they stand in the sources: in quotation marks, where labels are not. */
async function namesInSources(): Promise<string[]> {
  const folder = resolve('src');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const literal = new RegExp(`'((?:${PREFIXES})_[a-z0-9_]+)'`, 'g');
  return texts.flatMap((text) => [...text.matchAll(literal)].map(([, name = '']) => name));
}

test('every metric stands in one row, and no other does', async () => {
  const registry = createRegistry();
  observeProcess(registry, 'postgres');
  const ofProcess = registry.snapshot().map(({ name }) => name);
  const page = await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z0-9_]+)` +\| (?:counter|gauge|histogram)/gm)].map(
    ([, name = '']) => name,
  );
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.sort()).toEqual([...new Set([...(await namesInSources()), ...ofProcess])].sort());
});
