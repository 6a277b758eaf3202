/** Compiles the service and the variants with tsc: what runs in production is measured, not what a loader makes of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');

/** Relative to the project's root. */
export const BUILT = 'dist/bench';

export function build(): void {
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const options = ['-p', 'bench/tsconfig.build.json', '--outDir', BUILT];
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });
  // The variants find the packages of the bench; the service, beside them, finds the root's alone, as in production.
  const packages = join(root, BUILT, 'bench/node_modules');
  mkdirSync(join(root, BUILT, 'bench'), { recursive: true });
  rmSync(packages, { force: true });
  symlinkSync(join(root, 'bench/node_modules'), packages, 'junction');
}
