/**
 * Bundles the service once for all tests that start it as a process, some two hundred times: a start from source takes six times the
 * time of a processor, most of it for the thousand files of packages. V8's code of what each program runs is kept beside it, which spares
 * each start a third of what is left. README's first `npm start` is tried from source all the same, and `npm run build` is tried by what checks the
 * image.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what `src/` was bundled to. */
    compiled: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What packages look for and this project does not have, and what only `npm run build` needs. */
const EXTERNAL = ['pg-native', 'class-validator', 'esbuild'];

/** What is in no bundle is asked for by `require`: a script, unlike a module, can have its code kept by Node 20. */
const required: Plugin = {
  name: 'required',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(node:.*|${[...builtinModules, ...EXTERNAL].join('|')})$`);
    onResolve({ filter }, ({ path, namespace }) =>
      namespace === 'required' ? { path, external: true } : { path, namespace: 'required' },
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }));
  },
};

/** What the script of all programs gets from {@link RUN}. */
const GIVEN = 'require, importMetaUrl, importMetaDirname, program, started';

/** Code that was kept is used by the same Node and for the same script only; otherwise V8 compiles as ever. */
const RUN = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

exports.run = (program) =>
  new Promise((started) => {
    const filename = __dirname + '/service.js';
    const code = __dirname + '/' + program + '.code';
    const cachedData = existsSync(code) ? readFileSync(code) : undefined;
    const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
    if (process.env.KEEP_CODE) process.on('exit', () => writeFileSync(code, script.createCachedData()));
    script.runInThisContext()(require, pathToFileURL(filename).href, __dirname, program, started);
  });
`;

/** Programs that are started often, with what makes them run a good part of their code: where they ask, nobody listens. */
const OFTEN: Readonly<Record<string, { args?: string[]; env: Record<string, string> }>> = {
  main: { env: { CART_STORE_TYPE: 'dynamodb', PORT: '0' } },
  'tasks/catalogue': { args: ['export'], env: {} },
  'tasks/move': {
    args: ['status'],
    env: { CART_STORE_MOVE_TO: 'dynamodb', CART_STORE_MOVE_PHASE: 'handover' },
  },
  'engine-host': { args: ['postgres', '/dev/null'], env: {} },
};
const NOWHERE = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
};

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // Where imports of packages are found, and nobody looks for files of the project.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'cartwright-test-'));
  const compiled = join(folder, 'dist', 'bundle');
  await mkdir(join(compiled, 'tasks'), { recursive: true });
  await bundle(compiled);
  await cp(join(root, 'src/playground/page'), join(compiled, 'page'), { recursive: true });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', version }));
  await Promise.all(Object.keys(OFTEN).map((program) => keepCode(compiled, program)));
  project.provide('compiled', compiled);
  return () => rm(folder, { recursive: true, force: true });
}

/** One script of all programs, which share most of it, and for each a module that runs it. */
async function bundle(compiled: string): Promise<void> {
  const tasks = (await readdir(join(root, 'src/tasks'))).filter((name) => name.endsWith('.ts'));
  const sources: Record<string, string> = {
    main: 'src/main.ts',
    ...Object.fromEntries(
      tasks.map((name) => [`tasks/${name.slice(0, -'.ts'.length)}`, `src/tasks/${name}`]),
    ),
    'engine-host': 'test/stores/embedded/engine-host.ts',
  };
  const starts = Object.entries(sources).map(([program, path]) => `'${program}': () => import('./${path}')`);
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: `started({ ${starts.join()} }[program]());`, resolveDir: root },
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    minifyWhitespace: true,
    legalComments: 'none',
    // Spans, metrics and the log tell of classes by their names, of which one script has several alike.
    keepNames: true,
    define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': 'importMetaDirname' },
    plugins: [required],
    logLevel: 'error',
  });
  const script = `(function (${GIVEN}) {${outputFiles[0]?.text ?? ''}\n})`;
  await writeFile(join(compiled, 'service.js'), script);
  await writeFile(join(compiled, 'run.cjs'), RUN);
  for (const program of Object.keys(sources)) {
    const folder = program.includes('/') ? '..' : '.';
    const module = `import { run } from '${folder}/run.cjs';\nawait run('${program}');\n`;
    await writeFile(join(compiled, `${program}.js`), module);
  }
}

/** Runs the program until it ends, or listens. */
async function keepCode(compiled: string, program: string): Promise<void> {
  const { args = [], env } = OFTEN[program] ?? { env: {} };
  const child = spawn(process.execPath, [join(compiled, `${program}.js`), ...args], {
    env: { PATH: process.env['PATH'], KEEP_CODE: 'true', ...NOWHERE, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.on('data', (lines: Buffer) => {
    if (lines.includes('"listening"')) child.kill('SIGTERM');
  });
  await once(child, 'close');
}
