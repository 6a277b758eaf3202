/**
 * Compiles the service once for all tests that start it as a process: a start from source takes twice the time of one that was
 * compiled, and they start it some fifty times. Those by `npm start` are from source all the same.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what `src/` was compiled to. */
    compiled: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Types are checked by `npm run types`. */
const OPTIONS = ['-p', 'tsconfig.build.json', '--noCheck', '--sourceMap', 'false'];

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Where imports of packages are found, and nobody looks for files of the project.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'cartwright-test-'));
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...OPTIONS, '--outDir', folder],
    { cwd: root },
  );
  await cp(join(root, 'src/playground/page'), join(folder, 'playground/page'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  project.provide('compiled', folder);
  return () => rm(folder, { recursive: true, force: true });
}
