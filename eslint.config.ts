import eslint from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Where what clients send is looked at. */
const UNTRUSTED = ['cart', 'graphql', 'rest', 'http', 'auth'];

/**
 * An expression that repeats something begins at the beginning: one that may begin anywhere can take a look at the rest of the text
 * from each place, which the rules on regular expressions do not always see.
 */
const ANCHORED = {
  selector: 'Literal[regex.pattern=/^(?!\\^).*[*+{]/]',
  message: 'Begin it with ^, or write a loop: this can take quadratic time over what a client sends.',
};

/** Rules are values in, values out: whatever waits is the engine's, and so are the clock and chance. */
const PURE_RULES = [
  ':function[async=true]',
  'AwaitExpression',
  'ForOfStatement[await=true]',
  'ImportExpression',
  'Identifier[name=/^Promise(Like)?$/]',
  'MemberExpression[object.name="Date"][property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'MemberExpression[object.name="Math"][property.name="random"]',
  'Identifier[name=/^(fetch|process|performance|set(Timeout|Interval|Immediate)|queueMicrotask)$/]',
].map((selector) => ({
  selector,
  message: 'cart/ is pure rules: what waits, or asks the clock, chance or the world, belongs to changes/',
}));

/** What each database is spoken to with. */
const DRIVERS = ['pg', 'kysely', '@aws-sdk/*'];

/** Ports are types of the stores, and what they throw: whoever stands on a store may know them. */
const STORES = [
  '**/stores/**',
  '!**/stores/cart-store.ts',
  '!**/stores/catalog.ts',
  '!**/stores/unreadable-record.ts',
];

/**
 * One row per room of `src/`: what it may not import. The rule behind the rows stands in ARCHITECTURE.md;
 * only app.ts, main.ts, the registry of stores, tasks/ and the tests see every room.
 */
const rooms: Record<string, { forbidden: string[]; why: string }> = {
  cart: {
    forbidden: ['../*', '!../cart/**', '**/waiting/**', ...DRIVERS, 'graphql', 'node:*', '!node:crypto'],
    why: 'cart/ is pure rules: it imports no other room, and of Node only hashes',
  },
  waiting: {
    forbidden: ['../*', '!../tracing', ...DRIVERS, 'graphql'],
    why: 'waiting/ knows no other room but the port tracing/tracer.ts',
  },
  metrics: {
    forbidden: ['../*', ...DRIVERS, 'graphql'],
    why: 'metrics/ knows no other room, and every room but cart/ and waiting/ may know its port, meter.ts',
  },
  tracing: {
    forbidden: ['../*', ...DRIVERS, 'graphql'],
    why: 'tracing/ knows no other room, and every room but cart/ may know its port, tracer.ts',
  },
  changes: {
    forbidden: [
      ...STORES,
      '**/graphql/**',
      '**/rest/**',
      '**/http/**',
      '**/config/**',
      ...DRIVERS,
      'graphql',
    ],
    why: 'changes/ imports cart/, waiting/ and the ports only',
  },
  'stores/postgres': {
    forbidden: [
      '**/changes/**',
      '**/graphql/**',
      '**/rest/**',
      '**/http/**',
      '**/dynamodb/**',
      '@aws-sdk/*',
      '**/config/**',
      '!**/config/variables.ts',
    ],
    why: 'a store imports cart/, waiting/, the ports and the kinds of variables only',
  },
  'stores/dynamodb': {
    forbidden: [
      '**/changes/**',
      '**/graphql/**',
      '**/rest/**',
      '**/http/**',
      '**/postgres/**',
      'pg',
      'kysely',
      '**/config/**',
      '!**/config/variables.ts',
    ],
    why: 'a store imports cart/, waiting/, the ports and the kinds of variables only',
  },
  'stores/moving': {
    forbidden: [
      '**/changes/**',
      '**/graphql/**',
      '**/rest/**',
      '**/http/**',
      '**/postgres/**',
      '**/dynamodb/**',
      ...DRIVERS,
      '**/config/**',
    ],
    why: 'stores/moving/ is made of two stores, whichever: it imports cart/, the ports and the registry only',
  },
  graphql: {
    forbidden: [...STORES, '**/rest/**', ...DRIVERS, '**/config/**'],
    why: 'graphql/ stands on cart/, changes/ and messages of http/',
  },
  auth: {
    forbidden: [
      ...STORES,
      '**/changes/**',
      '**/graphql/**',
      '**/rest/**',
      ...DRIVERS,
      'graphql',
      '**/config/config.ts',
    ],
    why: 'auth/ imports cart/ and the types of its configuration only',
  },
  http: {
    forbidden: [
      ...STORES,
      '**/changes/**',
      '**/graphql/**',
      '**/rest/**',
      ...DRIVERS,
      'graphql',
      '**/config/**',
    ],
    why: 'http/ imports cart/, auth/ and waiting/ only',
  },
  rest: {
    forbidden: [...STORES, '**/graphql/**', ...DRIVERS, '**/config/**'],
    why: 'rest/ stands on cart/, changes/ and messages of http/',
  },
};

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.data/',
      'test/generated/',
      'client/dist/',
      'client/src/generated/',
      'examples/',
      'bench/',
      'test/client-packages/',
    ],
  },
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
  // One entry for each room: of two that hold the same rule for a file the later one counts alone.
  ...UNTRUSTED.map((room) => ({
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-syntax': [
        'error',
        ANCHORED,
        ...(room === 'cart' ? PURE_RULES : []),
      ] satisfies Linter.RuleEntry,
    },
  })),
  // What is longer says why, where it is allowed.
  ...[
    { files: ['src/**/*.ts'], max: 40 },
    // Components, of which the markup is a good part.
    { files: ['src/**/*.tsx'], max: 50 },
  ].map(({ files, max }): Linter.Config => ({
    files,
    rules: { 'max-lines-per-function': ['error', { max, skipBlankLines: true, skipComments: true }] },
  })),
  // A second is soon over on a machine that has other things to do, and that is how long these wait unless told.
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/][arguments.length=1]',
          'CallExpression[callee.object.name="expect"][callee.property.name="poll"][arguments.length=1]',
        ].map((selector) => ({
          selector,
          message: 'Say how long it waits: ten seconds, where nothing else is the subject',
        })),
      ] satisfies Linter.RuleEntry,
    },
  },
  // What runs in other people's pages: nothing of the service, of Node, nor of any package but React, where that is asked for.
  {
    files: ['client/src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(?!\\.{1,2}/|react$)', message: 'client/ has no dependencies' },
            { group: ['**/src/**'], message: 'client/ imports nothing of the service' },
          ],
        },
      ] satisfies Linter.RuleEntry,
    },
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
