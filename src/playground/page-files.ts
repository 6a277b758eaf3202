/** The files of the playground's page: those that `npm run build` made, or made from source when they are first asked for. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundlePage, bundledNames, entryPoint } from './bundle-page.ts';

/** Beside this module: the sources in `src/`, in `dist/` what was made from them. */
const folder = fileURLToPath(new URL('./page/', import.meta.url));

/** The page without its assets; createPlayground fills in its configuration. */
export const pageFile = 'index.html';

/** By name; {@link pageFile} is one of them. */
export type PageFiles = ReadonlyMap<string, Buffer>;

/** Those of every playground of the process, as soon as somebody has asked for them. */
let files: Promise<PageFiles> | undefined;

/**
 * A function that gets the files once, at its first call: bundling takes a quarter of a second, which nobody waits for who does
 * not open the page. After a failure the next call tries again.
 * @throws Error at once when there is nothing to make the page from
 */
export function openPageFiles(): () => Promise<PageFiles> {
  const built = bundledNames.every((name) => existsSync(folder + name));
  if (!built && !existsSync(folder + entryPoint)) {
    throw new Error(`The playground's files are missing in ${folder}: run "npm run build".`);
  }
  return () => {
    files ??= (built ? readFiles() : bundlePage(folder)).catch((error: unknown) => {
      files = undefined;
      throw error;
    });
    return files;
  };
}

async function readFiles(): Promise<PageFiles> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(folder + name)] as const)),
  );
}
