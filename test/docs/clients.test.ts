/**
 * The page that docs/clients.md shows compiles, under the strict rules of this project, against the client's own types.
 * test/client-packages/ does so with what it shows of other clients, which need their packages.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { filesOf } from './page-files.ts';

/** Nothing is written there: it is where the files would be. */
const folder = resolve('client/src/shown');

/** Files that are on the disk, most of them the language's own. */
const parsed = new Map<string, ts.SourceFile>();

/** What the compiler says about files that are only in memory. */
function compile(files: ReadonlyMap<string, string>, paths: Record<string, string[]>): string[] {
  const config = ts.readConfigFile('client/tsconfig.json', (name) => ts.sys.readFile(name)).config as unknown;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('client'));
  const all: ts.CompilerOptions = {
    ...options,
    jsx: ts.JsxEmit.ReactJSX,
    jsxImportSource: 'preact',
    paths: { ...options.paths, ...paths },
    allowImportingTsExtensions: true,
  };
  const host = ts.createCompilerHost(all);
  const { readFile: read, fileExists: exists } = host;
  const shown = new Map([...files].map(([name, text]) => [join(folder, name), text]));
  host.readFile = (name) => shown.get(name) ?? read(name);
  host.fileExists = (name) => shown.has(name) || exists(name);
  host.getSourceFile = (name, languageVersion) => {
    const kept = parsed.get(name);
    if (kept) return kept;
    const text = host.readFile(name);
    if (text === undefined) return undefined;
    const file = ts.createSourceFile(name, text, languageVersion);
    if (!shown.has(name)) parsed.set(name, file);
    return file;
  };
  host.directoryExists = (name) =>
    folder.startsWith(name) || name.startsWith(folder) || ts.sys.directoryExists(name);
  const program = ts.createProgram([...shown.keys()], all, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
}

const paths = {
  react: [resolve('node_modules/preact/compat')],
  '@cartwright/client': [resolve('client/src/index.ts')],
  '@cartwright/client/react': [resolve('client/src/react/index.ts')],
};

/** The rest is of other clients. */
async function filesOfPage(): Promise<Map<string, string>> {
  const files = await filesOf('docs/clients.md');
  return new Map(['src/cart.ts', 'src/App.tsx'].map((name) => [name, files.get(name) ?? '']));
}

it('compiles', async () => {
  const files = await filesOfPage();
  expect([...files.values()]).not.toContain('');
  expect(compile(files, paths)).toEqual([]);
});

it('would not, if a kind of result were left out', async () => {
  const files = await filesOfPage();
  const app = files.get('src/App.tsx') ?? '';
  files.set('src/App.tsx', app.replace('    conflict: refused,\n', ''));
  expect(compile(files, paths).join()).toContain("'conflict' is missing");
});

it('is of the version that is packed', async () => {
  const { version } = JSON.parse(await readFile('client/package.json', 'utf8')) as { version: string };
  expect(await readFile('docs/clients.md', 'utf8')).toContain(`cartwright-client-${version}.tgz`);
});
