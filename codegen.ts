import type { CodegenConfig } from '@graphql-codegen/cli';

/** Typed operations for the project's own API tests, as texts for fetch; docs/clients.md says what Apollo Client needs instead. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: ['test/api/operations.graphql'],
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        documentMode: 'string',
        importExtension: '.ts',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { Decimal: 'string', DateTime: 'string', CurrencyCode: 'string' },
      },
    },
  },
};

export default config;
