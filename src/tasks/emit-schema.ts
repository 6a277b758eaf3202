/**
 * `npm run schema`: writes schema/schema.graphql and schema/openapi.json from the code; with `--check` only compares, and
 * fails on a difference; with `--print` writes nothing, and prints the GraphQL schema for other programs.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createSchema, printSdl } from '../graphql/schema.ts';
import { openApi } from '../rest/openapi.ts';

const sdl = printSdl(createSchema());
const documents = {
  'schema/schema.graphql': sdl,
  'schema/openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
};

if (process.argv.includes('--print')) process.stdout.write(sdl);
else await Promise.all(Object.entries(documents).map(([path, text]) => emit(path, text)));

async function emit(path: string, text: string): Promise<void> {
  const url = new URL(`../../${path}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    await writeFile(url, text);
  } else if ((await readFile(url, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} is not what the code defines. Run: npm run schema`);
    process.exitCode = 1;
  }
}
