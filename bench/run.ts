/**
 * Runs a command of the bench, as the root's npm scripts do: `node --import tsx bench/run.ts compare/compare.ts --quick`. What
 * only the bench needs is not part of the root's install; it is installed here the first time, and when its lockfile is newer.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const changedAt = (file: string) =>
  statSync(join(import.meta.dirname, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm writes the file in node_modules at the end of an install. @returns whether the packages are there */
function installPackages(): boolean {
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return true;
  process.stderr.write(
    'Installing what only the bench needs into bench/node_modules (the first time, or its lockfile changed).\n',
  );
  const npm = process.env['npm_execpath'];
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  // Nothing of it belongs to the output of the command.
  const stdio = ['ignore', 2, 2] as const;
  return spawnSync(command, [...args, 'ci'], { cwd: import.meta.dirname, stdio: [...stdio] }).status === 0;
}

const [, , command = ''] = process.argv;
if (installPackages()) {
  const file = join(import.meta.dirname, command);
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
} else {
  process.stderr.write('npm ci in bench/ failed, see above.\n');
  process.exitCode = 2;
}
