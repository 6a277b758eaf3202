/** Nothing of OpenTelemetry is loaded where no collector is named. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('only open-tracing.ts and its own file import it, and only start-tracing.ts loads them, later', async () => {
  const folder = resolve('src');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const importing = (pattern: RegExp) =>
    files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  expect(importing(/^import (?!type).*'@opentelemetry|^\} from '@opentelemetry/m)).toEqual([
    'tracing/open-tracing.ts',
  ]);
  expect(importing(/^import (?!type)[^;]*open-tracing\.ts/m)).toEqual([]);
  expect(importing(/await import\('[^']*open-tracing\.ts'\)/)).toEqual(['process/start-tracing.ts']);
});
