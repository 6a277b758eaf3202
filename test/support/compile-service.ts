/**
 * Bundles the service once for all tests that start it as a process, some hundred times: a start from source takes four times the
 * time, one of single compiled files twice, most of it for the thousand files of packages. Those by `npm start` are from source all
 * the same, and `npm run build` is tried by what checks the image.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what `src/` was bundled to. */
    compiled: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What packages look for and this project does not have, and what only `npm run build` needs. */
const EXTERNAL = ['pg-native', 'class-validator', 'esbuild'];

/** Packages that are not modules of ECMAScript ask for others by this name. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Where imports of packages are found, and nobody looks for files of the project.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'cartwright-test-'));
  const compiled = join(folder, 'dist', 'bundle');
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/tasks/*.ts'],
    outbase: 'src',
    outdir: compiled,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: EXTERNAL,
    banner: { js: REQUIRE },
    logLevel: 'error',
  });
  await cp(join(root, 'src/playground/page'), join(compiled, 'page'), { recursive: true });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', version }));
  project.provide('compiled', compiled);
  return () => rm(folder, { recursive: true, force: true });
}
