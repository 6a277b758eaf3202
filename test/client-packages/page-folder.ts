/** The files of docs/clients.md for other clients, in a folder of their own, with what codegen and Relay's compiler make of them. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { filesOf } from '../docs/page-files.ts';

const run = promisify(execFile);
/** As much as is used of Babel, which brings no types. */
interface Babel {
  transformAsync(text: string, options: object): Promise<{ code?: string | null } | null>;
}
const BABEL = '@babel/core';

const here = import.meta.dirname;
const root = join(here, '..', '..');
const entryPoint = (name: string) => join(root, 'client', 'src', name, 'index.ts');

/** Of another page, which test/docs/clients.test.ts compiles. */
const ELSEWHERE = ['src/cart.ts', 'src/App.tsx'];

const tsconfig = {
  extends: '../../../../tsconfig.json',
  compilerOptions: {
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    paths: {
      '@cartwright/client/apollo': [entryPoint('apollo')],
      '@cartwright/client/urql': [entryPoint('urql')],
    },
  },
  include: ['.'],
  exclude: [],
};

/** Each text, and the one that takes its place. */
export type Edits = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface PageFolder {
  readonly path: string;
  /** What the compiler says of each file, and of an edited copy of some, named {@link editedCopy}. @param edits texts for others, by file */
  compile(edits: Edits): Promise<string[]>;
  /** A module of the page, as a bundler makes it for a browser. @param edit changes its files before */
  load<Module>(file: string, edit: (text: string) => string): Promise<Module>;
  remove(): Promise<void>;
}

/** Beside the file, so that it imports the same. */
export const editedCopy = (name: string) => name.replace(/\.ts$/, '.edited.ts');

/** Here, and not in a temporary folder: packages are found from here. */
export async function openPageFolder(): Promise<PageFolder> {
  const pages = join(here, '.pages');
  await mkdir(pages, { recursive: true });
  const path = await mkdtemp(join(pages, 'page-'));
  const files = await filesOf('docs/clients.md');
  for (const name of ELSEWHERE) files.delete(name);
  files.set('tsconfig.json', JSON.stringify(tsconfig));
  // As the page says, Relay's compiler wants it to be there.
  files.set('persisted-documents.json', '{}');
  await mkdir(join(path, 'src'));
  for (const [name, text] of files) await writeFile(join(path, name), text);
  await copyFile(join(root, 'schema', 'schema.graphql'), join(path, 'schema.graphql'));
  const bin = (folder: string, name: string) => join(folder, 'node_modules', '.bin', name);
  await run(bin(root, 'graphql-codegen'), [], { cwd: path });
  await run(bin(here, 'relay-compiler'), [], { cwd: path });

  // Together, because most of a compiler's time goes into what all of them import.
  const compile = async (edits: Edits) => {
    for (const [name, texts] of Object.entries(edits)) {
      const edited = Object.entries(texts).reduce(
        (text, [from, to]) => {
          if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
          return text.replace(from, to);
        },
        files.get(name) ?? '',
      );
      await writeFile(join(path, editedCopy(name)), edited);
    }
    // A compiler that finds something ends with 2, and says it on its output.
    const said = await run(bin(root, 'tsc'), ['--pretty', 'false', '-p', '.'], { cwd: path }).then(
      () => '',
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    for (const name of Object.keys(edits)) await rm(join(path, editedCopy(name)));
    return said.split('\n').filter((line) => /^\S/.test(line));
  };

  let bundles = 0;
  return {
    path,
    compile,
    async load<Module>(file: string, edit: (text: string) => string) {
      const outfile = join(path, 'bundles', `${(bundles += 1)}.js`);
      await build({
        entryPoints: [join(path, file)],
        outfile,
        bundle: true,
        format: 'esm',
        target: 'es2022',
        alias: {
          '@cartwright/client/apollo': entryPoint('apollo'),
          '@cartwright/client/urql': entryPoint('urql'),
        },
        plugins: [ofThePage(path, edit)],
        logLevel: 'error',
      });
      return (await import(outfile)) as Module;
    },
    remove: () => rm(path, { recursive: true }),
  };
}

/** Edits the page's own files, and gives those with `graphql` texts to Relay's plugin for Babel. */
function ofThePage(path: string, edit: (text: string) => string): Plugin {
  return {
    name: 'the page',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        if (dirname(file) !== join(path, 'src')) return undefined;
        const text = edit(await readFile(file, 'utf8'));
        if (!text.includes('graphql`')) return { contents: text, loader: 'ts' };
        const { transformAsync } = (await import(BABEL)) as Babel;
        const made = await transformAsync(text, {
          filename: file,
          configFile: false,
          plugins: [['relay', { eagerEsModules: true }]],
          parserOpts: { plugins: ['typescript'] },
          cwd: here,
        });
        return { contents: made?.code ?? '', loader: 'ts' };
      });
    },
  };
}
