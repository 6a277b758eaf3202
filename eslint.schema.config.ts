/** Lint of the emitted schema, as the clients' tools see it: all rules of graphql-eslint on schemas, and each exception with its reason. */
import graphql from '@graphql-eslint/eslint-plugin';
import type { ESLint } from 'eslint';
import { defineConfig } from 'eslint/config';

const schema = 'schema/schema.graphql';
const { configs, parser } = graphql;

export default defineConfig({
  files: [schema],
  languageOptions: { parser, parserOptions: { graphQLConfig: { schema } } },
  plugins: { '@graphql-eslint': graphql as unknown as ESLint.Plugin },
  rules: {
    ...configs['flat/schema-recommended'].rules,
    ...configs['flat/schema-all'].rules,
    ...configs['flat/schema-relay'].rules,
    // printSdl puts everything in order, by another notion of the alphabet.
    '@graphql-eslint/alphabetize': 'off',
    // type-graphql has no place for a description of these two.
    '@graphql-eslint/require-description': [
      'error',
      {
        types: true,
        rootField: true,
        FieldDefinition: true,
        InputValueDefinition: true,
        EnumValueDefinition: true,
        ignoredSelectors: ['[type=ObjectTypeDefinition][name.value=/^(Query|Mutation)$/]'],
      },
    ],
    // What has no identity has no id: answers, pages, refusals, and values that belong to a cart, an item or a request.
    '@graphql-eslint/strict-id-in-types': [
      'error',
      {
        exceptions: {
          suffixes: ['Payload', 'Connection', 'Edge', 'Error'],
          types: ['Money', 'PageInfo', 'PriceChange', 'Attribute', 'Viewer'],
        },
      },
    ],
    // Carts are changed; nothing is subscribed to.
    '@graphql-eslint/no-root-type': ['error', { disallow: ['subscription'] }],
    // A change answers with its cart. Whatever else could be asked for there would be read after the change, in its time, and
    // could fail when the change was made.
    '@graphql-eslint/require-field-of-type-query-in-mutation-result': 'off',
    // Pages go forward alone: an index of DynamoDB is read from a place on, and nobody reads a cart's history backwards.
    '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    // Items, errors and lists by ids are bounded, and no pages. Carts and products are found by their own queries, without `node`.
    '@graphql-eslint/relay-edge-types': [
      'error',
      { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
    ],
    // There is always a page, and always somebody who asks. A cart or a product may not be there, and those are nullable.
    '@graphql-eslint/require-nullable-result-in-root': 'off',
  },
});
