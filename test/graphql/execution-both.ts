/** Runs an operation by our executor, holds the answer against graphql-js's, and gives it back to be held against what is written. */
import {
  buildSchema,
  Kind,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { expect } from 'vitest';
import {
  compileOperation,
  type Operation,
  type OperationRequest,
  type Outcome,
} from '../../src/graphql/execution/compile-operation.ts';
import { compileReference } from './differential/reference.ts';

/** What it is asked for; `root` is called once for each execution, so that none finds what another has left. */
export interface Asked {
  readonly root?: () => unknown;
  readonly context?: () => unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Resolvers by "Type.field", `resolveType` and `isTypeOf` by "Type". */
  readonly equip?: (schema: GraphQLSchema) => void;
}

export interface Told {
  /** The text of `data`. */
  readonly data: string | undefined;
  /** "a.0.b: message" */
  readonly errors: readonly string[];
}

/** A schema of these definitions; `type Query` may be all of it. */
export async function ask(definitions: string, text: string, asked: Asked = {}): Promise<Told> {
  const schema = buildSchema(definitions);
  asked.equip?.(schema);
  return askSchema(schema, text, asked);
}

/** Four times, as an executor that learns would answer the later ones otherwise. */
export async function askSchema(schema: GraphQLSchema, text: string, asked: Asked = {}): Promise<Told> {
  const document = parse(text);
  const operation = onlyOperation(document);
  const ours = compileOperation(schema, document, operation);
  const theirs = compileReference(schema, document, operation);
  const told = await tell(ours, asked);
  for (let time = 2; time <= 4; time += 1) expect(await tell(ours, asked)).toEqual(told);
  expect(told).toEqual(await tell(theirs, asked));
  const { data, errors } = told;
  return {
    data,
    errors: errors.map(({ path, message }) => (path ? `${path.join('.')}: ${message}` : message)),
  };
}

async function tell(operation: Operation, { root, context, variables }: Asked) {
  const request: OperationRequest = {
    contextValue: context?.(),
    rootValue: root?.(),
    variableValues: variables,
  };
  return inDetail(await operation(request));
}

function inDetail({ data, errors = [] }: Outcome) {
  return {
    data,
    errors: errors.map(({ message, path, locations, extensions, originalError }) => ({
      message,
      path,
      locations,
      extensions,
      original: originalError?.message,
    })),
  };
}

export function onlyOperation(document: DocumentNode): OperationDefinitionNode {
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('the document has no operation');
  return operation;
}
