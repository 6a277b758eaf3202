/**
 * `npm run schema:changes`: what the schema would break, and what is dangerous, for clients of the last release (the newest tag) and of
 * schema/promised.graphql. Fails when anything breaks.
 */
import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { createSchema } from '../graphql/schema.ts';
import { changesBetween, findLastRelease } from './schema-changes.ts';

const release = findLastRelease();
const promised = new URL('../../schema/promised.graphql', import.meta.url);
tell('schema/promised.graphql', await readFile(promised, 'utf8'));
if (release) tell(`the release ${release.tag}`, release.sdl);
else console.log('There is no release to compare with: no tag is before this commit.');

function tell(what: string, sdl: string): void {
  const { breaking, dangerous } = changesBetween(buildSchema(sdl), createSchema());
  console.log(`Against ${what}: ${breaking.length} breaking, ${dangerous.length} dangerous.`);
  for (const text of breaking) console.log(`  breaks: ${text}`);
  for (const text of dangerous) console.log(`  dangerous: ${text}`);
  if (breaking.length > 0) process.exitCode = 1;
}
