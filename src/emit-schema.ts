/** `npm run schema`: writes schema/schema.graphql from the classes; with `--check` only compares, and fails on a difference. */
import { readFile, writeFile } from 'node:fs/promises';
import { createSchema, printSdl } from './graphql/schema.ts';

const path = new URL('../schema/schema.graphql', import.meta.url);
const sdl = printSdl(createSchema());

if (!process.argv.includes('--check')) {
  await writeFile(path, sdl);
} else if ((await readFile(path, 'utf8').catch(() => '')) !== sdl) {
  console.error('schema/schema.graphql is not what the classes define. Run: npm run schema');
  process.exitCode = 1;
}
