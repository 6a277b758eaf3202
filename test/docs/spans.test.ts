/** The commands in sentences and tables: each is of a script, a test or a file that there is. */
import { access, readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mainOf, scriptNames } from './npm-scripts.ts';
import { spansOf } from './shell-blocks.ts';

const root = new URL('../../', import.meta.url);
const docs = (await readdir(new URL('docs/', root))).filter((name) => name.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs.map((name) => `docs/${name}`)];
const spans = (
  await Promise.all(pages.map(async (page) => spansOf(page, await readFile(new URL(page, root), 'utf8'))))
).flat();

/** They name an option that needs a value. */
const FRAGMENTS = ['npm run cost -- --units', 'npm run cost -- --rds-capacity'];

test.each(spans)('$page: $text', async ({ text }) => {
  const words = text.replace(/^([A-Z_]+=\S+ )+/, '').split(' ');
  const [program = '', verb = '', name = ''] = words;
  const files = words.filter((word) => /^(test|scripts|\.ci)\//.test(word));
  for (const file of files) await access(new URL(file, root));
  // What is done in the cloud or in a container cannot be done here.
  if (['docker', 'terraform'].includes(program) || files.includes(program)) return;
  if (program === 'npx') expect([verb, name]).toEqual(['vitest', name === 'run' ? 'run' : '']);
  else if (verb === 'run') expect(scriptNames).toContain(name);
  else expect(['ci', 'start', 'test']).toContain(verb);
});

test.each(spans.filter(({ text }) => text.startsWith('npm run cost') && !FRAGMENTS.includes(text)))(
  '$page: $text answers',
  async ({ text }) => {
    const { main, args } = await mainOf(text);
    let printed = '';
    expect(await main(args, (more) => (printed += more))).toBe(0);
    expect(printed).toMatch(/\$\d/);
  },
);
