/** The fields of the schema as a tree with check marks: which ones an operation asks for, and what it is when one more is chosen. */
import {
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  getNamedType,
  Kind,
  parseType,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { variablesIn } from './documents.ts';
import { fieldNode, sketchSelection, sketchValue } from './sketches.ts';

/** A step into the tree: a field, or a type behind "... on". */
export type Step = { readonly field: string } | { readonly on: string };
export type Path = readonly Step[];

export type Variables = Record<string, unknown>;

/** An operation with its variables; undefined when nothing is left to ask for. */
export interface Draft {
  readonly operation: OperationDefinitionNode | undefined;
  readonly variables: Variables;
}

type Parent = FieldNode | InlineFragmentNode;

export function selectionAt(operation: OperationDefinitionNode | undefined, path: Path): Parent | undefined {
  let set = operation?.selectionSet;
  let found: Parent | undefined;
  for (const step of path) {
    found = set?.selections.find((selection): selection is Parent => fits(selection, step));
    set = found?.selectionSet;
  }
  return found;
}

function fits(selection: SelectionNode, step: Step): boolean {
  if ('on' in step)
    return selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition?.name.value === step.on;
  return selection.kind === Kind.FIELD && selection.name.value === step.field;
}

export function emptyOperation(kind: OperationTypeNode): OperationDefinitionNode {
  return {
    kind: Kind.OPERATION_DEFINITION,
    operation: kind,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
  };
}

/** Chooses what is at the path, with what leads there, or takes it away, with what is empty without it. */
export function toggle(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Variables,
  path: Path,
): Draft {
  const wanted = selectionAt(operation, path) === undefined;
  const args = new Map<string, GraphQLArgument>();
  const root = schema.getRootType(operation.operation) ?? undefined;
  const change = wanted
    ? (set: SelectionSetNode | undefined) => add(schema, set, root, path, args)
    : (set: SelectionSetNode | undefined) => remove(set, path);
  const selectionSet = change(operation.selectionSet);
  if (!selectionSet) return { operation: undefined, variables: {} };
  return withVariables({ ...operation, selectionSet }, variables, args);
}

/** Gives the argument a variable of its name, or takes it away. */
export function toggleArgument(
  operation: OperationDefinitionNode,
  variables: Variables,
  path: Path,
  argument: GraphQLArgument,
): Draft {
  const args = new Map<string, GraphQLArgument>();
  const change = (set: SelectionSetNode | undefined, [step, ...rest]: Path): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: (set?.selections ?? []).map((selection) => {
      if (!step || !fits(selection, step) || selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      if (rest.length > 0) return { ...selection, selectionSet: change(selection.selectionSet, rest) };
      if (selection.kind !== Kind.FIELD) return selection;
      const given = selection.arguments ?? [];
      const others = given.filter(({ name }) => name.value !== argument.name);
      if (others.length < given.length) return { ...selection, arguments: others };
      args.set(argument.name, argument);
      return { ...selection, arguments: [...given, argumentNode(argument.name)] };
    }),
  });
  return withVariables({ ...operation, selectionSet: change(operation.selectionSet, path) }, variables, args);
}

function add(
  schema: GraphQLSchema,
  set: SelectionSetNode | undefined,
  parent: GraphQLNamedType | undefined,
  [step, ...rest]: Path,
  args: Map<string, GraphQLArgument>,
): SelectionSetNode | undefined {
  if (!step) return set;
  const selections = set?.selections ?? [];
  const known = selections.find((selection): selection is Parent => fits(selection, step));
  const type = 'on' in step ? schema.getType(step.on) : typeOfField(parent, step.field);
  const made = known ?? newSelection(step, fieldOf(parent, step), args);
  const inner =
    rest.length > 0
      ? add(schema, made.selectionSet, type, rest, args)
      : (made.selectionSet ??
        (isObjectType(type) || isInterfaceType(type) ? sketchSelection(type) : undefined));
  const done = { ...made, ...(inner && { selectionSet: inner }) };
  return {
    kind: Kind.SELECTION_SET,
    selections: known
      ? selections.map((selection) => (selection === known ? done : selection))
      : [...selections, done],
  };
}

function newSelection(
  step: Step,
  field: GraphQLField<unknown, unknown> | undefined,
  args: Map<string, GraphQLArgument>,
): Parent {
  if ('on' in step) {
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: step.on } } as const;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition } as unknown as InlineFragmentNode;
  }
  const required = (field?.args ?? []).filter(isRequiredArgument);
  for (const argument of required) args.set(argument.name, argument);
  return { ...fieldNode(step.field), arguments: required.map(({ name }) => argumentNode(name)) };
}

function remove(set: SelectionSetNode | undefined, [step, ...rest]: Path): SelectionSetNode | undefined {
  if (!set || !step) return undefined;
  const selections = set.selections.flatMap((selection) => {
    if (!fits(selection, step) || selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
    const selectionSet = rest.length > 0 ? remove(selection.selectionSet, rest) : undefined;
    return selectionSet ? [{ ...selection, selectionSet }] : [];
  });
  return selections.length === 0 ? undefined : { ...set, selections };
}

/** Defines the new variables, with first values, and forgets those that nothing uses any more. */
function withVariables(
  operation: OperationDefinitionNode,
  variables: Variables,
  args: ReadonlyMap<string, GraphQLArgument>,
): Draft {
  const used = variablesIn(operation);
  const before = operation.variableDefinitions ?? [];
  const defined = new Set(before.map(({ variable }) => variable.name.value));
  const added = [...args.values()].filter(({ name }) => !defined.has(name));
  const variableDefinitions = [
    ...before.filter(({ variable }) => used.has(variable.name.value)),
    ...added.map(({ name, type }) => ({
      kind: Kind.VARIABLE_DEFINITION as const,
      variable: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: name } },
      type: parseType(String(type)),
    })),
  ];
  const kept = Object.entries(variables).filter(([name]) => used.has(name) || !defined.has(name));
  const values = added.map(
    ({ name, type, defaultValue }) => [name, defaultValue ?? sketchValue(type)] as const,
  );
  return {
    operation: { ...operation, variableDefinitions },
    variables: { ...Object.fromEntries(values), ...Object.fromEntries(kept) },
  };
}

function argumentNode(name: string) {
  const value = { kind: Kind.NAME as const, value: name };
  return { kind: Kind.ARGUMENT as const, name: value, value: { kind: Kind.VARIABLE as const, name: value } };
}

function fieldOf(
  parent: GraphQLNamedType | undefined,
  step: Step,
): GraphQLField<unknown, unknown> | undefined {
  const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
  return 'field' in step ? fields[step.field] : undefined;
}

function typeOfField(parent: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  const field = fieldOf(parent, { field: name });
  return field && getNamedType(field.type);
}
