/**
 * `npm run schema`: writes schema/schema.graphql and schema/openapi.json from the code; with `--check` only compares, and
 * fails on a difference.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createSchema, printSdl } from '../graphql/schema.ts';
import { openApi } from '../rest/openapi.ts';

const documents = {
  'schema/schema.graphql': printSdl(createSchema()),
  'schema/openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
};

for (const [path, text] of Object.entries(documents)) {
  const url = new URL(`../../${path}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    await writeFile(url, text);
  } else if ((await readFile(url, 'utf8').catch(() => '')) !== text) {
    console.error(`${path} is not what the code defines. Run: npm run schema`);
    process.exitCode = 1;
  }
}
