/** What lint lets a file of a room import, by the table of rooms in eslint.config.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import tseslint from 'typescript-eslint';
import config, { rooms } from '../../eslint.config.ts';

const RULE = '@typescript-eslint/no-restricted-imports';

const ofRooms: Linter.Config[] = [
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin },
  },
  ...config
    .filter(({ rules }) => rules?.[RULE] !== undefined)
    .map(
      ({ files, ignores, rules }) =>
        ({ files, ...(ignores && { ignores }), rules: { [RULE]: rules?.[RULE] } }) as Linter.Config,
    ),
];

function isRefused(filename: string, code: string): boolean {
  const messages = new Linter().verify(code, ofRooms, { filename });
  expect(messages.filter(({ ruleId }) => ruleId !== RULE)).toEqual([]);
  return messages.length > 0;
}

const ODD: (readonly [file: string, code: string])[] = [
  ['src/cart/x.ts', "import { a } from '../graphql/a.ts';"],
  ['src/cart/x.ts', "import type { A } from '../graphql/a.ts';"],
  ['src/cart/x.ts', "export { a } from '../graphql/a.ts';"],
  ['src/cart/x.ts', "export * from '../graphql/a.ts';"],
  ['src/cart/x.ts', "import '../graphql/a.ts';"],
  ['src/cart/x.ts', "import { a } from '../app.ts';"],
  ['src/graphql/execution/x.ts', "import { a } from '../../main.ts';"],
  ['src/stores/x.ts', "import { a } from './postgres/a.ts';"],
  ['src/stores/postgres/x.ts', "import { a } from '../dynamodb/a.ts';"],
  ['src/rest/x.ts', "import { a } from '../cart/../graphql/a.ts';"],
  ['src/rest/x.ts', "import { a } from './../graphql/a.ts';"],
  ['src/rest/x.ts', "import { a } from '../../src/graphql/a.ts';"],
  ['src/rest/x.ts', "import { a } from '../../test/support/a.ts';"],
  ['src/rest/x.ts', "import { a } from '../../client/src/a.ts';"],
  ['src/rest/x.ts', "import { a } from '..//graphql/a.ts';"],
  ['src/rest/x.ts', "import { a } from '.././graphql/a.ts';"],
  ['src/playground/page/x.tsx', "import { a } from '../../stores/a.ts';"],
  ['src/playground/page/x.tsx', "import { a } from '../../tasks/a.ts';"],
  ['src/stores/x.ts', "import { openLog } from '../process/log.ts';"],
  ['src/process/x.ts', "import { a } from '../stores/postgres/a.ts';"],
  ['src/rest/x.ts', "import { a } from '..';"],
  ['src/cart/x.ts', "import { Field } from 'type-graphql';"],
  ['src/http/x.ts', "import { HeaderMap } from '@apollo/server';"],
  ['src/changes/x.ts', "import { parse } from 'pg-connection-string';"],
  ['src/stores/postgres/x.ts', "import { a } from '@smithy/core';"],
  ['src/stores/dynamodb/x.ts', "import { GraphQLError } from 'graphql';"],
];
it.each(ODD)('%s may not: %s', (file, code) => {
  expect(isRefused(file, code)).toBe(true);
});

const USUAL: typeof ODD = [
  ['src/cart/x.ts', "import { a } from './a.ts';"],
  ['src/graphql/execution/x.ts', "import { a } from '../schema.ts';"],
  ['src/graphql/execution/x.ts', "import { a } from '../../stores/catalog.ts';"],
  ['src/stores/x.ts', "import type { Log } from '../process/log.ts';"],
  ['src/stores/postgres/migrations/x.ts', "import { a } from '../../cart-store.ts';"],
  ['src/stores/postgres/x.ts', "import { parse } from 'pg-connection-string';"],
  ['src/stores/dynamodb/x.ts', "import { a } from '@smithy/core/retry';"],
  ['src/playground/page/x.tsx', "import { App } from './app.tsx';"],
  ['src/playground/page/x.tsx', "import { main } from './main.tsx';"],
];
it.each(USUAL)('%s may: %s', (file, code) => {
  expect(isRefused(file, code)).toBe(false);
});

const listed = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).map((entry) => entry.name + (entry.isDirectory() ? '/' : ''));

it('has a row for each room but tasks/, and hides from cart/ all of src/', () => {
  const found = [...listed('src'), ...listed('src/stores').map((name) => `stores/${name}`)];
  const folders = found.filter((name) => name.endsWith('/') && name !== 'tasks/');
  expect(folders.map((name) => name.slice(0, -1)).sort()).toEqual(Object.keys(rooms).sort());
  const imports = listed('src').map((name) => `import '../${name.replace(/\/$/, '/a.ts')}';`);
  expect(imports.filter((code) => !isRefused('src/cart/x.ts', code))).toEqual([]);
});

// The rule of lint does not look at import(…), of types or of modules. What a store loads of drivers is its own.
it('knows what rooms load later', () => {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bimport\('(\..+?)'/g)].map(
        ([, path = '']) => [file, path] as const,
      ),
    );
  expect(found.length).toBeGreaterThan(5);
  const refused = found.filter(([file, path]) => isRefused(file, `import '${path}';`));
  expect(refused).toEqual([['src/stores/open-stores.ts', './moving/open-move.ts']]);
});
