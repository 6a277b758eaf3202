/** The page's TypeScript and style sheets become files that a browser can load, without an import of anything else. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';

export const entryPoint = 'main.tsx';

/** What is made; the other files are taken as they are. */
export const bundledNames = ['playground.js', 'playground.css', 'licences.txt'] as const;
const copiedNames = ['index.html', 'icon.svg'] as const;

/** Browsers from the middle of 2024 on: the first that know `light-dark()` in style sheets. */
const TARGET = ['chrome123', 'firefox120', 'safari17.5'];

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: TARGET,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: { 'process.env.NODE_ENV': '"production"' },
  // licences.txt has all of them.
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  write: false,
} satisfies BuildOptions;

/**
 * esbuild and what is bundled are development dependencies: production runs what `npm run build` made.
 * @param folder the page's sources, with a slash at its end
 * @returns the files by name
 */
export async function bundlePage(folder: string): Promise<Map<string, Buffer>> {
  const { build, stop } = await import('esbuild');
  const entryPoints = { playground: join(folder, entryPoint) };
  const { outputFiles, metafile } = await build({ ...options, entryPoints, outdir: folder });
  // Else its process would live as long as this one.
  await stop();
  const files = new Map<string, Buffer>();
  for (const name of copiedNames) files.set(name, await readFile(folder + name));
  for (const { path, contents } of outputFiles) files.set(basename(path), Buffer.from(contents));
  files.set('licences.txt', Buffer.from(await collectLicences(metafile)));
  return files;
}

/** The licences that the bundled packages are under, each with its package's name. */
async function collectLicences({ inputs }: Metafile): Promise<string> {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (folder) => {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`The package ${name} has no file with its licence.`);
    return `${name}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(72)}\n\n`);
}
