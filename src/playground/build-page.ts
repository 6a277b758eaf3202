/**
 * The step of `npm run build` after the compiler: puts the playground's page into `dist/playground/page/`, so that the compiled
 * tree needs none of the packages that the page is made of.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePage } from './bundle-page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, 'dist/playground/page/');

await mkdir(target, { recursive: true });
for (const [name, content] of await bundlePage(join(root, 'src/playground/page/'))) {
  await writeFile(target + name, content);
}
