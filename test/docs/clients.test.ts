/**
 * The page that docs/clients.md shows compiles, under the strict rules of this project, against the client's own types.
 * test/client-packages/ does so with what it shows of other clients, which need their packages.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from './page-files.ts';

/** Nothing is written there: it is where the files would be, as they are shown and with a mistake. */
const shown = resolve('client/src/shown');
const mistaken = resolve('client/src/mistaken');

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
  host.readFile = (name) => files.get(name) ?? read(name);
  host.fileExists = (name) => files.has(name) || exists(name);
  const folders = [...files.keys()].map((name) => dirname(name));
  host.directoryExists = (name) =>
    folders.some((folder) => folder.startsWith(name)) || ts.sys.directoryExists(name);
  const program = ts.createProgram([...files.keys()], all, host);
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
const NAMES = ['src/cart.ts', 'src/App.tsx'];

describe('the page', () => {
  let said: string[];
  const isOfMistake = (line: string) => line.startsWith(mistaken);

  // Both at once: most of the time goes into what they have in common.
  beforeAll(async () => {
    const page = await filesOf('docs/clients.md');
    const files = new Map<string, string>();
    for (const name of NAMES) {
      const text = page.get(name) ?? '';
      expect(text).not.toBe('');
      files.set(join(shown, name), text);
      files.set(join(mistaken, name), text.replace('    conflict: refused,\n', ''));
    }
    said = compile(files, paths);
  });

  it('compiles', () => {
    expect(said.filter((line) => !isOfMistake(line))).toEqual([]);
  });

  it('would not, if a kind of result were left out', () => {
    expect(said.filter(isOfMistake).join()).toContain("'conflict' is missing");
  });
});

it('is of the version that is packed', async () => {
  const { version } = JSON.parse(await readFile('client/package.json', 'utf8')) as { version: string };
  expect(await readFile('docs/clients.md', 'utf8')).toContain(`cartwright-client-${version}.tgz`);
});
