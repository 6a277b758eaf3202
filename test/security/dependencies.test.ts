import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

interface Package {
  readonly dependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
}
interface Lockfile {
  readonly packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>;
}

it('CONTRIBUTING.md gives a reason for every package that runs in production, and their number', async () => {
  const contributing = await read('CONTRIBUTING.md');
  const { dependencies } = JSON.parse(await read('package.json')) as Package;
  const rows = contributing.match(/(?<=^\| )@?[\w/@, -]+(?= +\| )/gm) ?? [];
  const named = rows.flatMap((row) => row.trim().split(', '));
  expect(named).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  const { packages } = JSON.parse(await read('package-lock.json')) as Lockfile;
  const installed = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional,
  );
  expect(contributing).toContain(
    `${Object.keys(dependencies).length} packages of our choice, ${installed.length} with all they bring`,
  );
});
