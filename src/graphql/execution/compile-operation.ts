/**
 * Operations as closures. graphql-js walks the tree of an operation anew at every request and builds an object that is then
 * turned into text; here each field of an operation becomes a function once, and the functions write the text. What the
 * document means is decided by graphql-js' own functions for variables, arguments, directives and errors, and nothing that a
 * client sends ever becomes code. Closures are made when they are first needed, so an operation is made in the time that its
 * first run takes.
 */
import {
  getVariableValues,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, conditionsOf } from './collect-fields.ts';
import type { MaybePromise, Text, WriteObject } from './complete-value.ts';
import { fieldsOf, type WriterOf } from './fields.ts';
import { objectWriter, serialWriter } from './write-object.ts';
import { AnswerTooLong, Run, type Compiled, type RunOptions, type Variables } from './run.ts';

export { AnswerTooLong } from './run.ts';

export interface OperationRequest extends RunOptions {
  /** As the client sent them. */
  readonly variableValues?: Readonly<Record<string, unknown>> | undefined;
}

export interface Outcome {
  /** The JSON text of `data`; absent when no field was executed, because the variables do not fit. */
  readonly data?: string;
  readonly errors?: readonly GraphQLError[];
  /** How many errors there were beyond `maxErrors`; absent for none. */
  readonly errorsLeftOut?: number;
}

/**
 * Runs the operation. Like graphql-js' execute it reports what goes wrong in the outcome, and never throws for a client's sake.
 * @throws AnswerTooLong
 */
export type Operation = (request: OperationRequest) => MaybePromise<Outcome>;

/** Most errors of unfitting variables that are told: each repeats the value that it is about, which takes time. */
export const MAX_VARIABLE_ERRORS = 5;

/** Most sets of closures of one operation: it has one for each outcome of its conditions. */
const MAX_PLANS = 16;

/** @param hideSuggestions whether errors keep to themselves which names the schema has */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  hideSuggestions = false,
): Operation {
  const compiled = { schema, operation, fragments: fragmentsOf(document) };
  const planFor = createPlans(compiled, conditionsOf(document));
  const definitions = operation.variableDefinitions ?? [];
  const options = { maxErrors: MAX_VARIABLE_ERRORS, hideSuggestions };

  return (request) => {
    const { coerced, errors } = getVariableValues(schema, definitions, request.variableValues ?? {}, options);
    return coerced ? execute(new Run(compiled, coerced, request), planFor(coerced)) : { errors };
  };
}

function fragmentsOf({ definitions }: DocumentNode): Compiled['fragments'] {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  return fragments;
}

/** Closures for one outcome of an operation's conditions. @throws GraphQLError for a condition that has no value */
type Plan = () => WriteObject;

/** @param conditions the variables that decide which fields there are */
function createPlans(compiled: Compiled, conditions: readonly string[]): (variables: Variables) => Plan {
  const plans = new Map<string, Plan>();

  return (variables) => {
    const key = conditions.map((name) => outcomeOf(ownValue(variables, name))).join(' ');
    const known = plans.get(key);
    if (known) return known;
    const plan = createPlan(compiled, onlyThese(conditions, variables));
    if (plans.size < MAX_PLANS) plans.set(key, plan);
    return plan;
  };
}

/** A variable may be named as what every object has. */
function ownValue(variables: Variables, name: string): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** What a plan keeps of the request that it was made for: neither its memory nor what a client has written. */
function onlyThese(names: readonly string[], variables: Variables): Variables {
  const kept = Object.create(null) as Record<string, unknown>;
  for (const name of names) if (Object.hasOwn(variables, name)) kept[name] = variables[name];
  return kept;
}

/** As much of a variable as `@skip` and `@include` tell apart. */
function outcomeOf(value: unknown): string {
  return value === undefined || value === null || typeof value === 'boolean' ? String(value) : 'other';
}

/** @param variables those that conditions ask for */
function createPlan(compiled: Compiled, variables: Variables): Plan {
  const { schema, operation } = compiled;

  function select(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]) {
    return fieldsOf(schema, type, collectFields(compiled, variables, type, selectionSets), writerOf);
  }

  const writerOf: WriterOf = (nodes) => (type) =>
    objectWriter(
      select(
        type,
        nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
      ),
    );

  let root: WriteObject | undefined;
  return () => {
    if (root) return root;
    const type = schema.getRootType(operation.operation);
    if (!type) {
      const message = `Schema is not configured to execute ${operation.operation} operation.`;
      throw new GraphQLError(message, { nodes: operation });
    }
    const fields = select(type, [operation.selectionSet]);
    const inOrder = operation.operation === OperationTypeNode.MUTATION;
    return (root = inOrder ? serialWriter(fields) : objectWriter(fields));
  };
}

function execute(run: Run, plan: Plan): MaybePromise<Outcome> {
  const end = (text: Text): Outcome => {
    const { errors, errorsLeftOut } = run;
    const data = text ?? 'null';
    return errors.length === 0 ? { data } : { data, errors, ...(errorsLeftOut > 0 && { errorsLeftOut }) };
  };
  const fail = (error: unknown): Outcome => {
    if (run.left < 0) throw new AnswerTooLong();
    (run.nulled ??= new Set()).add(undefined);
    if (run.errors.length < run.maxErrors || run.errors.length === 0) run.errors.push(error as GraphQLError);
    else run.errorsLeftOut += 1;
    return end(undefined);
  };
  try {
    const text = plan()(run, run.rootValue, undefined);
    return text instanceof Promise ? text.then(end, fail) : end(text);
  } catch (error) {
    return fail(error);
  }
}
