/** Compiles the service and the variants with tsc: what runs in production is measured, not what a loader makes of it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Relative to the project's root. */
export const BUILT = 'dist/bench';

export function build(): void {
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const options = ['-p', 'bench/performance/tsconfig.json', '--outDir', BUILT];
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });
}
