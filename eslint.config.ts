import eslint from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/**
 * One row per room of `src/`: what it may not import. The rule behind the rows stands in ARCHITECTURE.md;
 * only main.ts, openStores and the tests see every room.
 */
const rooms: Record<string, { forbidden: string[]; why: string }> = {
  cart: {
    forbidden: [
      '**/stores/**',
      '**/graphql/**',
      '**/rest/**',
      'pg',
      'kysely',
      '@aws-sdk/*',
      'graphql',
      'node:fs*',
      'node:net',
      'node:http*',
      'node:process',
    ],
    why: 'cart/ is pure: it imports no other room and no I/O package',
  },
  'stores/postgres': {
    forbidden: ['**/graphql/**', '**/rest/**', '**/dynamodb/**', '@aws-sdk/*', '**/config.ts'],
    why: 'a store imports cart/ only',
  },
  'stores/dynamodb': {
    forbidden: ['**/graphql/**', '**/rest/**', '**/postgres/**', 'pg', 'kysely', '**/config.ts'],
    why: 'a store imports cart/ only',
  },
  graphql: {
    forbidden: ['**/stores/**', '**/rest/**', 'pg', 'kysely', '@aws-sdk/*', '**/config.ts'],
    why: 'graphql/ imports cart/ only',
  },
  auth: {
    forbidden: ['**/stores/**', '**/graphql/**', '**/rest/**', 'pg', 'kysely', '@aws-sdk/*', 'graphql'],
    why: 'auth/ imports cart/ and the types of its configuration only',
  },
  http: {
    forbidden: [
      '**/stores/**',
      '**/graphql/**',
      '**/rest/**',
      'pg',
      'kysely',
      '@aws-sdk/*',
      'graphql',
      '**/config.ts',
    ],
    why: 'http/ imports cart/ and auth/ only',
  },
  rest: {
    forbidden: ['**/stores/**', '**/graphql/**', 'pg', 'kysely', '@aws-sdk/*', '**/config.ts'],
    why: 'rest/ imports cart/ only',
  },
};

export default defineConfig(
  { ignores: ['dist/', '.data/', 'test/generated/', 'bench/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      // Factories return object literals that close over their state: no method here uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  // No regular expression may take more than linear time: what clients send is up to 100 KB.
  {
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
    },
  },
  // Where what clients send is looked at, an expression that repeats something begins at the beginning: one that may begin anywhere
  // can take a look at the rest of the text from each place, which the rules above do not always see.
  {
    files: ['src/{cart,graphql,rest,http,auth}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Literal[regex.pattern=/^(?!\\^).*[*+{]/]',
          message: 'Begin it with ^, or write a loop: this can take quadratic time over what a client sends.',
        },
      ],
    },
  },
  // Browser scripts that are served as they stand: plain JavaScript, outside the TypeScript project.
  {
    files: ['src/playground/page/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { sourceType: 'script', parserOptions: { projectService: false } },
  },
  ...Object.entries(rooms).map(([room, { forbidden, why }]) => ({
    files: [`src/${room}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: forbidden, message: why }] },
      ] satisfies Linter.RuleEntry,
    },
  })),
);
