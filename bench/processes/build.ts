/**
 * What is measured is what runs in production, not what a loader makes of the sources: that took a third more CPU for each
 * request at saturation.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where everything is compiled to, relative to the project's root. */
const BUILT = 'dist/bench';
const root = join(import.meta.dirname, '../..');

let isBuilt = false;

/** @param file of `src/` or `bench/` @returns what {@link buildPrograms} compiles it to, relative to the project's root */
export const built = (file: string): string => join(BUILT, file.replace(/\.ts$/, '.js'));

/** Compiles the service and what it is measured beside, once in a process; what has not changed stays. @throws Error when tsc fails */
export function buildPrograms(): void {
  if (isBuilt) return;
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['-p', 'bench/tsconfig.build.json', '--outDir', BUILT];
  // Nothing of it belongs to the output of a command.
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: ['ignore', 2, 2] });
  // The variants find the packages of the bench; the service, beside them, finds the root's alone, as in production.
  const packages = join(root, BUILT, 'bench/node_modules');
  const there = realpathSync(join(root, 'bench/node_modules'));
  // Others may be using it.
  if (!existsSync(packages) || realpathSync(packages) !== there) {
    rmSync(packages, { force: true });
    symlinkSync(there, packages, 'junction');
  }
  isBuilt = true;
}
