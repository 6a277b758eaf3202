/** Operations that ask for too much are refused before they run. */
import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import { measureOperation, type Measures } from './measure-operation.ts';

export interface OperationLimits extends Measures {
  /** Of the document, names and punctuation alike. */
  readonly tokens: number;
}

const NOUNS: Record<keyof Measures, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'fields at its root',
  cost: 'objects in its answer',
};

/** What an error of this kind carries besides its message. */
export interface ExceededLimit {
  readonly name: keyof Measures;
  readonly limit: number;
  readonly actual: number;
}

function exceeded(node: OperationDefinitionNode, { name, limit, actual }: ExceededLimit): GraphQLError {
  const operation = node.name ? `Operation "${node.name.value}"` : 'The operation';
  const given = Number.isSafeInteger(actual) ? actual : 'far more';
  return new GraphQLError(`${operation} may have at most ${limit} ${NOUNS[name]}, but has ${given}.`, {
    nodes: node,
    extensions: {
      code: 'OPERATION_LIMIT_EXCEEDED',
      exceeded: { name, limit, actual },
      http: { status: 400 },
    },
  });
}

/** Checks what the document alone decides: once for each document, since Apollo keeps those that are valid. */
export function createLimitsRule(limits: OperationLimits): ValidationRule {
  return (context) => ({
    [Kind.OPERATION_DEFINITION](operation) {
      const schema = context.getSchema();
      const measures = measureOperation({ schema, operation, fragment: (name) => context.getFragment(name) });
      for (const name of ['depth', 'aliases', 'rootFields'] as const) {
        const { [name]: actual } = measures;
        const { [name]: limit } = limits;
        if (actual > limit) context.reportError(exceeded(operation, { name, limit, actual }));
      }
    },
  });
}

/**
 * Checks the cost, which variables may decide. An operation that is cheap enough with the longest pages is measured only once.
 * @throws GraphQLError
 */
export type CheckCost = (
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
) => void;

export function createCostCheck(schema: GraphQLSchema, limit: number): CheckCost {
  const highest = new WeakMap<OperationDefinitionNode, number>();

  return (operation, document, variables) => {
    const measure = (given?: typeof variables) =>
      measureOperation({
        schema,
        operation,
        fragment: (name) =>
          document.definitions.find(
            (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
          ) as ReturnType<Parameters<typeof measureOperation>[0]['fragment']>,
        variables: given,
      }).cost;
    let bound = highest.get(operation);
    if (bound === undefined) highest.set(operation, (bound = measure()));
    if (bound <= limit) return;
    const actual = measure({ ...defaultsOf(operation), ...variables });
    if (actual > limit) throw exceeded(operation, { name: 'cost', limit, actual });
  };
}

/** The literal defaults of an operation's variables. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}
