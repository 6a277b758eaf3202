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

/** The drivers of the databases. */
const POSTGRES = ['pg', 'pg-*', 'kysely'];
const DYNAMODB = ['@aws-sdk/*', '@smithy/*'];
const DRIVERS = [...POSTGRES, ...DYNAMODB];

/** The language of the API. */
const GRAPHQL = ['graphql', 'type-graphql', '@apollo/*'];

const DOMAIN = [...DRIVERS, ...GRAPHQL];

/** What of a room others may know without knowing all of it. */
const PORTS = ['stores/cart-store.ts', 'stores/catalog.ts', 'stores/unreadable-record.ts'];
const METER = 'metrics/meter.ts';
const TRACER = 'tracing/tracer.ts';
const LOG = 'process/log.ts';
/** What stands in `stores/` itself, which is common to all stores. */
const COMMON = 'stores/(?!(postgres|dynamodb|moving|embedded)/)';

interface Room {
  /** Rooms, and files of others: what the arrows of the drawing in ARCHITECTURE.md lead to. From its own folder up no prefix is needed. */
  readonly knows: readonly string[];
  /** Files of others of which it knows types only. */
  readonly types?: readonly string[];
  /** Packages that it does without. */
  readonly without: readonly string[];
}

const A_STORE = ['cart/', 'waiting/', 'embedded/', 'config/variables.ts', METER, TRACER];
const AN_API = ['cart/', 'changes/', 'http/', 'waiting/', ...PORTS, METER, TRACER];

/** A row for each room of `src/`, but for tasks/. Only app.ts, main.ts, the registry of stores, tasks/ and the tests see every room. */
export const rooms: Readonly<Record<string, Room>> = {
  cart: { knows: [], without: [...DOMAIN, 'node:*', '!node:crypto'] },
  waiting: { knows: [TRACER], without: DOMAIN },
  metrics: { knows: [], without: DOMAIN },
  tracing: { knows: [], without: DOMAIN },
  changes: { knows: ['cart/', 'waiting/', ...PORTS, METER, TRACER], without: DOMAIN },
  stores: {
    knows: ['cart/', 'waiting/', METER, TRACER],
    types: ['config/variables.ts', 'moving/phase.ts', LOG],
    without: DOMAIN,
  },
  'stores/postgres': { knows: A_STORE, without: [...DYNAMODB, ...GRAPHQL] },
  'stores/dynamodb': { knows: A_STORE, without: [...POSTGRES, ...GRAPHQL] },
  'stores/moving': { knows: ['cart/'], without: DOMAIN },
  'stores/embedded': { knows: [], without: ['kysely', ...DYNAMODB, ...GRAPHQL] },
  graphql: { knows: AN_API, types: [LOG], without: DRIVERS },
  rest: { knows: AN_API, types: [LOG], without: DRIVERS },
  playground: { knows: ['http/'], without: DRIVERS },
  http: { knows: ['auth/', 'cart/', 'waiting/', METER, TRACER], types: [LOG], without: DOMAIN },
  auth: { knows: ['cart/', METER], types: ['config/auth.ts'], without: DOMAIN },
  config: {
    knows: ['cart/', 'stores/registry.ts', 'stores/moving/phase.ts', 'tracing/sampling.ts'],
    without: DOMAIN,
  },
  process: { knows: ['config/', 'waiting/', 'metrics/', 'tracing/', COMMON], without: DOMAIN },
};

/** The folder of each room as an import names it. */
const FOLDERS = Object.keys(rooms).map((room) => `${room.replace('stores/', '')}/`);

/** What sees every room, and what is not of `src/`: no room knows any of it. */
const OUTSIDE = [
  'app.ts',
  'main.ts',
  'serve.ts',
  'tasks/',
  'src/',
  'test/',
  'client/',
  'bench/',
  'examples/',
];

/** Paths to a room other than these, whatever the depth of the file that imports. */
function pathsBut(known: readonly string[]): string {
  const allowed = known.length > 0 ? `(?!${anyOf(known)})` : '';
  return `^(\\./|(\\.\\./)+)${allowed}(${anyOf([...FOLDERS, ...OUTSIDE])})`;
}

/** A relative path that goes down and up again, or stays: the other patterns look at how a path begins. */
const DETOUR = {
  regex: String.raw`^\.(?!(/|\./(\.\./)*)(\w[\w-]*/)*\w[\w-]*(\.\w+)+$)`,
  message: 'Name the file by the shortest way to it',
};

const anyOf = (paths: readonly string[]) => paths.map((path) => path.replace('.ts', '\\.ts$')).join('|');

function importsOf(room: string, { knows, types = [], without }: Room): Linter.RulesRecord {
  const message = `${room}/ knows ${knows.join(', ') || 'no other room'}: the table of rooms is in eslint.config.ts`;
  const patterns = [
    DETOUR,
    { regex: pathsBut([...knows, ...types]), message },
    { group: [...without], message: `${room}/ does without this package` },
    ...(types.length > 0
      ? [
          {
            regex: `^(\\./|(\\.\\./)+)(${anyOf(types)})`,
            allowTypeImports: true,
            message: `${message}; types of this`,
          },
        ]
      : []),
  ];
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

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
  ...Object.entries(rooms).map(([room, row]) => ({
    files: [room === 'stores' ? 'src/stores/*.ts' : `src/${room}/**/*.{ts,tsx}`],
    ignores: ['src/stores/registry.ts'],
    rules: importsOf(room, row),
  })),
);
