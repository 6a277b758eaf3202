/** The executable schema, from the classes of this folder. */
import 'reflect-metadata';
import { isInterfaceType, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { CartFields, CartItemFields } from './cart-fields.ts';
import { CartMutations } from './cart-mutations.ts';
import { CartQueries } from './cart-queries.ts';
import { CatalogueMutations } from './catalogue-mutations.ts';
import { deriveFields } from './derived-fields.ts';
import { ProductQueries } from './product-queries.ts';
import { ViewerQueries } from './viewer-queries.ts';
import { userErrorTypeOf, userErrorTypes } from './user-errors.ts';

export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      CartQueries,
      CartMutations,
      CartFields,
      CartItemFields,
      ProductQueries,
      ViewerQueries,
      CatalogueMutations,
    ],
    orphanedTypes: [...userErrorTypes],
    // The rules of an input live in cart/, once.
    validate: false,
    // Apollo Server checks it where it starts: once more would be a fifth of the service's start.
    skipCheck: true,
  });
  // type-graphql wraps it in an asynchronous function, which compiled operations cannot wait for.
  const userError = schema.getType('UserError');
  if (isInterfaceType(userError)) userError.resolveType = userErrorTypeOf;
  deriveFields(schema);
  return schema;
}

/** The schema in its definition language, in an order that does not depend on the classes'. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
