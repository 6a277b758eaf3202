/** The files of the playground's page: where they are, in the source tree and in the compiled one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** The page without its assets; createPlayground fills in its configuration. */
export const pageFile = 'index.html';

/** Files of our own, beside this module in `page/`. */
export const ownAssets = ['start.js', 'page.css', 'icon.svg'] as const;

/**
 * Files of the npm packages that the page loads: ready for a browser, without further imports. The packages are
 * development dependencies; the build copies these files into `dist/`, so production installs nothing for them.
 */
const packageAssets: Readonly<Record<string, { package: string; path: string }>> = {
  'react.production.min.js': { package: 'react', path: 'umd/react.production.min.js' },
  'react-dom.production.min.js': { package: 'react-dom', path: 'umd/react-dom.production.min.js' },
  'graphiql.min.js': { package: 'graphiql', path: 'graphiql.min.js' },
  'graphiql.min.css': { package: 'graphiql', path: 'graphiql.min.css' },
};

/** The licences that the copied files are under; copied along, not served. */
const licences: typeof packageAssets = {
  'LICENSE.graphiql': { package: 'graphiql', path: 'LICENSE' },
  'LICENSE.react': { package: 'react', path: 'LICENSE' },
};

/** The names of all files that are served, the page itself not among them. */
export const assetNames: readonly string[] = [...ownAssets, ...Object.keys(packageAssets)];

/** The names of all files that the build copies. */
export const copiedNames: readonly string[] = [pageFile, ...assetNames, ...Object.keys(licences)];

/**
 * The path of one of `copiedNames`: in `page/` beside this module, else in its npm package.
 * Throws when it is in neither, which means a compiled tree without the files that `npm run build` copies.
 */
export function findAsset(name: string): string {
  const beside = fileURLToPath(new URL(`./page/${name}`, import.meta.url));
  if (existsSync(beside)) return beside;
  const source = packageAssets[name] ?? licences[name];
  if (!source) throw new Error(`The playground's file ${name} is missing at ${beside}: run "npm run build".`);
  try {
    return join(dirname(require.resolve(`${source.package}/package.json`)), source.path);
  } catch (cause) {
    throw new Error(
      `The playground's file ${name} is neither at ${beside} nor in the package ${source.package}: ` +
        'run "npm run build" where the development dependencies are installed.',
      { cause },
    );
  }
}
