/** `npm start` and `npm run` with what `src/` was bundled to: from source a program takes 2 s more of a processor, and the pages have many. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a `node` before the real one, which runs the bundle's program where a script of package.json names one of `src/`. All the
 * rest is as it stands: npm, its shell, the script's own words.
 * @param folder where to put it @param compiled the folder of the bundle
 * @returns the PATH to use
 */
export async function pathToBundle(folder: string, compiled: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const script = `#!/bin/sh
case "$1 $2 $3" in
  '--import tsx src/'*)
    program=\${3#src/}
    shift 3
    exec '${process.execPath}' "${compiled}/\${program%.ts}.js" "$@"
    ;;
esac
exec '${process.execPath}' "$@"
`;
  await writeFile(join(bin, 'node'), script, { mode: 0o755 });
  return `${bin}:${process.env['PATH'] ?? ''}`;
}
