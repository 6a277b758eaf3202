/** The commands of README.md that only the bench's packages can run; all others are run by test/docs/. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mainOf } from '../../test/docs/npm-scripts.ts';
import { startDocumented, type DocumentedServices } from '../../test/docs/running-services.ts';
import { spansOf } from '../../test/docs/shell-blocks.ts';

const START = 'npm ci && npm start';
const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

let services: DocumentedServices;
beforeAll(async () => {
  services = await startDocumented({ [START]: {} });
}, 120_000);
afterAll(() => services.close(), 60_000);

test('the two commands that README.md has for 150 operations', async () => {
  const spans = spansOf('README.md', readme).map(({ text }) => text);
  const [measure = '', compare = ''] = spans.filter((text) => text.startsWith('npm run bench:'));
  const file = join(services.folder, '150.json');
  const filled = measure.replace('URL', services.url(START)).replace('FILE', file);
  const print = () => true;
  // What comes after the 150 operations takes half a minute.
  const { main, args } = await mainOf(`${filled} --no-access-patterns`);
  expect(await main(args, print)).toBe(0);
  const comparison = await mainOf(compare.replace(/ A B$/, ` ${file} ${file}`));
  // 1 says that a limit did not hold, on a machine that has other things to do.
  expect([0, 1]).toContain(await comparison.main(comparison.args, print));
});
