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

/** Those of every playground of the process. */
const builtFiles = onceDone(readFiles);
const madeFiles = onceDone(() => bundlePage(folder));

/**
 * A function that gets the files once, at its first call: bundling takes a quarter of a second, which nobody waits for who does
 * not open the page. See {@link onceDone}.
 * @throws Error at once when there is nothing to make the page from
 */
export function openPageFiles(): () => Promise<PageFiles> {
  const built = bundledNames.every((name) => existsSync(folder + name));
  if (!built && !existsSync(folder + entryPoint)) {
    throw new Error(`The playground's files are missing in ${folder}: run "npm run build".`);
  }
  return built ? builtFiles : madeFiles;
}

/** Does the work at the first call, for all that follow; after a failure the next call tries again. */
export function onceDone<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let done: Promise<Result> | undefined;
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}

async function readFiles(): Promise<PageFiles> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(folder + name)] as const)),
  );
}
