import type { CodegenConfig } from '@graphql-codegen/cli';
import * as documents from './client/codegen/documents.ts';

const types = {
  useTypeImports: true,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: { Decimal: 'string', DateTime: 'string', CurrencyCode: 'string' },
};

const CLIENT = 'client/src/operations.graphql';
const writer = 'documents of the client';

/**
 * Typed operations, as texts for fetch: those of the project's own API tests, and those of the client package. docs/clients.md says
 * what Apollo Client needs instead.
 */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  pluginLoader: async (name) =>
    name.endsWith(writer) ? documents : ((await import(name)) as typeof documents),
  generates: {
    'test/generated/': {
      documents: ['test/api/operations.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: { documentMode: 'string', importExtension: '.ts', ...types },
    },
    'client/src/generated/operations.ts': {
      documents: CLIENT,
      plugins: ['typescript-operations', writer],
      config: {
        ...types,
        scalars: { ...types.scalars, ID: 'string' },
        immutableTypes: true,
        skipTypename: true,
      },
    },
    'client/src/generated/possible-types.ts': {
      plugins: [writer],
      config: { possibleTypes: true },
    },
    'client/trusted-documents.json': {
      documents: CLIENT,
      plugins: [writer],
      config: { manifest: true },
    },
  },
};

export default config;
