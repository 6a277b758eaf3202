/** No file needs, through what it imports, itself: types count too, since a reader follows them as well. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SRC = resolve('src');
const OTHERS = ['client/src', 'examples/storefront/src', 'test', 'bench'].map((folder) => resolve(folder));
const PACKAGES = join(sep, 'node_modules', sep);

/** What each file of a folder imports of it. */
async function readImports(folder: string): Promise<Map<string, string[]>> {
  const names = await readdir(folder, { recursive: true });
  const files = names
    .filter((name) => /\.tsx?$/.test(name) && !join(sep, name).includes(PACKAGES))
    .map((name) => join(folder, name));
  const entries = files.map(async (file) => [file, importsOf(file, await readFile(file, 'utf8'))] as const);
  return new Map(await Promise.all(entries));
}

function importsOf(file: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(file, '..', fileName));
}

/** Circles of files, each as the way from a file back to it: one for each import that closes one. */
function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const begin = way.indexOf(file);
    if (begin >= 0) cycles.push([...way.slice(begin), file]);
    if (begin >= 0 || done.has(file)) return;
    for (const imported of imports.get(file) ?? []) visit(imported, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}

it('finds circles, and only those', () => {
  const graph = { a: ['b', 'c'], b: ['c'], c: ['d'], d: ['b'], e: ['e'] };
  expect(findCycles(new Map(Object.entries(graph)))).toEqual([
    ['b', 'c', 'd', 'b'],
    ['e', 'e'],
  ]);
  expect(importsOf('/x/y/a.ts', "import type { B } from './b.ts';\nexport * from '../c.ts';")).toEqual([
    '/x/y/b.ts',
    '/x/c.ts',
  ]);
});

it('has no circle of imports', async () => {
  const imports = await readImports(SRC);
  expect(imports.get(join(SRC, 'changes/change-carts.ts'))).toContain(join(SRC, 'changes/change.ts'));
  for (const found of [imports, ...(await Promise.all(OTHERS.map(readImports)))]) {
    expect(found.size).toBeGreaterThan(5);
    const cycles = findCycles(found).map((way) => way.map((file) => relative('.', file)).join(' -> '));
    expect(cycles).toEqual([]);
  }
});
