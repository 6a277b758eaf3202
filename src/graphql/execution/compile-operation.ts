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
import { type WriteObject } from './complete-value.ts';
import { type MaybePromise, type Text } from './text.ts';
import { sizeOf } from './document-size.ts';
import { fieldsOf, type WriterOf } from './fields.ts';
import { createPlanCache, type PlanCache } from './plan-cache.ts';
import { objectWriter, serialWriter } from './write-object.ts';
import { Run, type Compiled, type RunOptions, type Variables } from './run.ts';

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
 * @throws AnswerTooLong, what `reasonToStop` says
 */
export type Operation = (request: OperationRequest) => MaybePromise<Outcome>;

/** Most errors of unfitting variables that are told: each repeats the value that it is about, which takes time. */
export const MAX_VARIABLE_ERRORS = 5;

export interface CompileOptions {
  /** Whether errors keep to themselves which names the schema has; they tell by default. */
  readonly hideSuggestions?: boolean;
  /** Where closures are kept, for all operations that share it; by default each has a place of its own. */
  readonly plans?: PlanCache<Plan>;
}

/** Closures for one outcome of an operation's conditions. @throws GraphQLError for a condition that has no value */
export type Plan = () => WriteObject;

/** Fields of the plans of one operation that shares no cache. */
const OWN_FIELDS = 100_000;

/** Tokens that take as much as the closures of a field. */
const TOKENS_PER_FIELD = 6;

/** Operations made so far, so that each has keys of its own among all plans. */
let made = 0;

export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { hideSuggestions = false, plans = createPlanCache(OWN_FIELDS) }: CompileOptions = {},
): Operation {
  const compiled = { schema, operation, fragments: fragmentsOf(document) };
  const conditions = conditionsOf(document);
  const number = (made += 1);
  // A plan holds its document, which may ask for little and be long, also when that is known to nobody else any longer.
  const held = Math.floor(sizeOf(document) / TOKENS_PER_FIELD);
  // A set of closures for each outcome of the variables that decide which fields there are.
  const planFor = (variables: Variables) => {
    const outcomes = conditions.map((name) => outcomeOf(ownValue(variables, name)));
    return plans.find([number, ...outcomes].join(' '), (grown) => {
      grown(held);
      return createPlan(compiled, onlyThese(conditions, variables), grown);
    });
  };
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

/**
 * @param variables those that conditions ask for
 * @param grown is told of fields for which closures were made
 */
function createPlan(compiled: Compiled, variables: Variables, grown: (fields: number) => void): Plan {
  const { schema, operation } = compiled;

  function select(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]) {
    const fields = fieldsOf(schema, type, collectFields(compiled, variables, type, selectionSets), writerOf);
    grown(fields.length);
    return fields;
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
    if (run.stopped) throw run.stopped;
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
