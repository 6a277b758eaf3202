/** graphql-js with mistakes, such as executors make: each must be found out. */
import {
  execute,
  GraphQLError,
  GraphQLSchema,
  Kind,
  OperationTypeNode,
  visit,
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLErrorOptions,
  type SelectionNode,
} from 'graphql';
import { options, toOutcome, type Compile } from './reference.ts';

/** A mistake before the execution. */
function before(change: (args: ExecutionArgs) => ExecutionArgs): Compile {
  return (schema, document, operation) => {
    const definitions = document.definitions.filter(
      (definition) => definition === operation || definition.kind !== Kind.OPERATION_DEFINITION,
    );
    const chosen = { ...document, definitions };
    return (request) => {
      const result = execute(change({ ...request, schema, document: chosen, options }));
      return result instanceof Promise ? result.then(toOutcome) : toOutcome(result);
    };
  };
}

const inDocument = (visitor: (document: DocumentNode) => ASTVisitor): Compile =>
  before((args) => ({ ...args, document: visit(args.document, visitor(args.document)) }));

/** A mistake in the result. */
function after(change: (result: ExecutionResult) => ExecutionResult): Compile {
  return (schema, document, operation) => {
    const run = before((args) => args)(schema, document, operation);
    const changed = (outcome: Awaited<ReturnType<typeof run>>) => {
      const data = outcome.data === undefined ? {} : { data: JSON.parse(outcome.data) as never };
      return toOutcome(change({ ...data, ...(outcome.errors && { errors: outcome.errors }) }));
    };
    return (request) => {
      const outcome = run(request);
      return outcome instanceof Promise ? outcome.then(changed) : changed(outcome);
    };
  };
}

/** A mistake in how errors are told. */
const inErrors = (change: (error: GraphQLError, index: number) => GraphQLError): Compile =>
  after((result) => ({ ...result, ...(result.errors && { errors: result.errors.map(change) }) }));

const like = (error: GraphQLError, other: GraphQLErrorOptions): GraphQLError => {
  const { nodes = null, source, positions, path, originalError, extensions } = error;
  return new GraphQLError(error.message, {
    nodes,
    source,
    positions,
    path,
    originalError,
    extensions,
    ...other,
  });
};

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

export const plants: Readonly<Record<string, Compile>> = {
  'a fragment is skipped wherever it is spread because it is skipped once': inDocument((document) => {
    const skipped = new Map<string, readonly DirectiveNode[]>();
    visit(document, {
      FragmentSpread({ name, directives = [] }) {
        if (directives.some(isCondition)) skipped.set(name.value, directives);
      },
    });
    const everywhere = (node: FragmentSpreadNode): FragmentSpreadNode => ({
      ...node,
      directives: skipped.get(node.name.value) ?? node.directives ?? [],
    });
    return { FragmentSpread: everywhere };
  }),
  'of @skip and @include of one field only the first counts': inDocument(() => ({
    Field: ({ directives = [], ...node }) => ({ ...node, directives: directives.slice(0, 1) }),
  })),
  '@include on inline fragments is ignored': inDocument(() => ({
    InlineFragment: (node) => ({
      ...node,
      directives: (node.directives ?? []).filter((one) => !isCondition(one)),
    }),
  })),
  'an unset variable is null': before((args) => ({ ...args, variableValues: withNulls(args) })),
  'a null variable is unset': before((args) => ({
    ...args,
    variableValues: Object.fromEntries(
      Object.entries(args.variableValues ?? {}).filter(([, value]) => value !== null),
    ),
  })),
  'a variable named __proto__ is dropped': before((args) => ({
    ...args,
    variableValues: Object.fromEntries(
      Object.entries(args.variableValues ?? {}).filter(([name]) => name !== '__proto__'),
    ),
  })),
  'defaults of variables are ignored': inDocument(() => ({
    VariableDefinition: ({ defaultValue: _default, ...node }) => node,
  })),
  'an explicit null argument is taken for an absent one': inDocument(() => ({
    Argument: (node) => (node.value.kind === Kind.NULL ? null : undefined),
  })),
  'fields of one key are not merged': inDocument(() => ({
    SelectionSet: (node) => ({ ...node, selections: node.selections.filter(firstOfItsKey) }),
  })),
  'a field named twice comes where it is named last': inDocument(() => ({
    SelectionSet: (node) => ({
      ...node,
      selections: node.selections.toReversed().filter(firstOfItsKey).toReversed(),
    }),
  })),
  'an alias named __proto__ is dropped': after((result) => ({
    ...result,
    data: withoutProto(result.data) as never,
  })),
  'null goes one level too far': after((result) => {
    const path = result.errors?.find((error) => error.path && error.path.length > 1)?.path;
    return path ? { ...result, data: withNull(result.data, path.slice(0, -1)) as never } : result;
  }),
  'the whole answer is null when there is an error': after((result) =>
    result.errors && 'data' in result ? { ...result, data: null } : result,
  ),
  'paths of errors have no list index': inErrors((error) =>
    like(error, { path: error.path?.filter((step) => typeof step === 'string') }),
  ),
  'errors have one location only': inErrors((error) =>
    like(error, { nodes: error.nodes?.slice(0, 1) ?? null, positions: null }),
  ),
  'errors keep no original': inErrors((error) => like(error, { originalError: undefined })),
  'errors keep no extensions': inErrors((error) => like(error, { extensions: {}, originalError: undefined })),
  'errors come in another order': after(({ errors, ...result }) => ({
    ...result,
    ...(errors && { errors: errors.toReversed() }),
  })),
  'the second error is lost': after(({ errors, ...result }) => ({
    ...result,
    ...(errors && { errors: errors.filter((_, index) => index !== 1) }),
  })),
  'root fields of a mutation run side by side': before((args) => sideBySide(args)),
  '__typename is that of the first type': after((result) => ({
    ...result,
    data: renamed(result.data) as never,
  })),
  'variables that do not fit are executed without': before((args) =>
    args.variableValues && execute(args) instanceof Promise ? args : { ...args, variableValues: undefined },
  ),
};

/** The tools of the mistakes, used for nothing. */
export const withoutMistake: Compile = inErrors((error) => like(error, {}));

function withNulls({ document, variableValues }: ExecutionArgs): Record<string, unknown> {
  const values: Record<string, unknown> = { ...variableValues };
  visit(document, {
    VariableDefinition({ variable, type, defaultValue }) {
      const name = variable.name.value;
      if (!defaultValue && type.kind !== Kind.NON_NULL_TYPE && !Object.hasOwn(values, name)) {
        Object.defineProperty(values, name, { value: null, enumerable: true });
      }
    },
  });
  return values;
}

function firstOfItsKey(node: SelectionNode, index: number, all: readonly SelectionNode[]): boolean {
  const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
  if (node.kind !== Kind.FIELD) return true;
  return all.findIndex((other) => other.kind === Kind.FIELD && keyOf(other) === keyOf(node)) === index;
}

function sideBySide(args: ExecutionArgs): ExecutionArgs {
  const mutation = args.schema.getMutationType();
  const schema = new GraphQLSchema({
    ...args.schema.toConfig(),
    query: mutation,
    mutation: null,
    assumeValid: true,
  });
  const document = visit(args.document, {
    OperationDefinition: (node) => ({ ...node, operation: OperationTypeNode.QUERY }),
  });
  const [operation] = args.document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation?.operation === OperationTypeNode.MUTATION ? { ...args, schema, document } : args;
}

function mapped(value: unknown, change: (object: [string, unknown][]) => [string, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    mapped(inner, change),
  ]);
  return Object.fromEntries(change(entries));
}

const withoutProto = (data: unknown) =>
  mapped(data, (entries) => entries.filter(([key]) => key !== '__proto__'));
const renamed = (data: unknown) =>
  mapped(data, (entries) =>
    entries.map(([key, value]) => [key, key === '__typename' && value === 'B' ? 'A' : value]),
  );

function withNull(data: unknown, path: readonly (string | number)[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof data !== 'object' || data === null) return null;
  const copy = (Array.isArray(data) ? [...(data as unknown[])] : { ...data }) as Record<
    string | number,
    unknown
  >;
  copy[step] = withNull(copy[step], rest);
  return copy;
}
