import { access, cp, lstat, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseAccount } from '../../../src/stores/embedded/postgres-account.ts';
import { findNativeFolder, prepareBinaries } from '../../../src/stores/embedded/postgres-binaries.ts';

let folder: string;

/**
 * As npm leaves the package when install scripts are off, in a folder that only this user may enter; without the 900 files that a cluster
 * needs and the programs themselves do not.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-binaries-'));
  await cp(findNativeFolder(), join(folder, 'native'), {
    recursive: true,
    filter: async (path) => basename(path) !== 'share' && !(await lstat(path)).isSymbolicLink(),
  });
  await mkdir(join(folder, 'native', 'share'));
  await writeFile(join(folder, 'native', 'share', 'one-of-900'), '');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('binaries without library links, out of reach of the account, are made to run', async () => {
  const account = await chooseAccount('/nonexistent');
  const binaries = await prepareBinaries(join(folder, 'native'), account, `test-${process.pid}`);
  expect(binaries.majorVersion).toBe('18');
  // Only root gives the server another account, and so only root's server needs a copy in reach of it.
  expect(binaries.postgres.startsWith(folder)).toBe(account === undefined);
  await access(binaries.initdb);
  await access(join(dirname(binaries.initdb), '..', 'share', 'one-of-900'));
  await binaries.remove();
  await expect(
    access(binaries.initdb).then(
      () => 'present',
      () => 'gone',
    ),
  ).resolves.toBe(account ? 'gone' : 'present');
});

test('binaries that cannot run are reported with the way out', async () => {
  await expect(
    prepareBinaries(join(folder, 'absent'), undefined, `test-absent-${process.pid}`),
  ).rejects.toThrow(/does not run on this system: .* DATABASE_URL/);
});
