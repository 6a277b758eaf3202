/**
 * The step of `npm run build` after the compiler: copies the playground's page, and the files it takes from npm
 * packages, into `dist/playground/page/`, so that the compiled tree needs none of those packages.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copiedNames, findAsset, ownAssets, pageFile } from './playground-assets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const source = join(root, 'src/playground/page');
const target = join(root, 'dist/playground/page');
const own: readonly string[] = [pageFile, ...ownAssets];

mkdirSync(target, { recursive: true });
for (const name of copiedNames) {
  const from = own.includes(name) ? join(source, name) : findAsset(name);
  const to = join(target, name);
  if (dirname(from) !== target) copyFileSync(from, to);
}
