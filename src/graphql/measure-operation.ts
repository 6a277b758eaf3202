/** How large an operation is, before it runs. Fragments are measured once each, so nesting them cannot blow up the work. */
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

export interface Measures {
  /** Levels of fields. */
  readonly depth: number;
  /** Fields under another name. */
  readonly aliases: number;
  /** Fields of the operation itself. */
  readonly rootFields: number;
  /** Objects in the answer, a list taken to have as many entries as it was asked for. */
  readonly cost: number;
}

type Sizes = Omit<Measures, 'rootFields'> & { readonly fields: number };

export interface Measured {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragment: (name: string) => FragmentDefinitionNode | null | undefined;
  /** Without them a list whose length a variable decides counts as the longest page. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Entries of a list whose length no argument decides: what a cart usually holds. */
const USUAL_LENGTH = 10;

/** The longest page, and the most ids in one request; see page.ts in cart/. */
const LONGEST_PAGE = 100;

const nothing: Sizes = { depth: 0, aliases: 0, fields: 0, cost: 0 };

/** Introspection counts nothing: it is allowed altogether or not at all, and graphql limits its depth itself. */
export function measureOperation({ schema, operation, fragment, variables }: Measured): Measures {
  const measured = new Map<string, Sizes>();

  /** @param page what the entries of this connection were asked for */
  function ofSelections(
    { selections }: SelectionSetNode,
    type: GraphQLNamedType | undefined,
    page?: number,
  ): Sizes {
    return selections.map((node) => ofSelection(node, type, page)).reduce(sum, nothing);
  }

  function ofSelection(
    node: SelectionSetNode['selections'][number],
    type: GraphQLNamedType | undefined,
    page?: number,
  ): Sizes {
    if (node.kind === Kind.FIELD) return ofField(node, type, page);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value, page);
    const condition = node.typeCondition && schema.getType(node.typeCondition.name.value);
    return ofSelections(node.selectionSet, condition ?? type, page);
  }

  function ofFragment(name: string, page?: number): Sizes {
    const key = `${name} ${page ?? ''}`;
    const known = measured.get(key);
    if (known) return known;
    measured.set(key, nothing); // a fragment within itself is refused by another rule
    const definition = fragment(name);
    if (!definition) return nothing;
    const sizes = ofSelections(
      definition.selectionSet,
      schema.getType(definition.typeCondition.name.value),
      page,
    );
    measured.set(key, sizes);
    return sizes;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined, page?: number): Sizes {
    if (node.name.value.startsWith('__')) return nothing;
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    const asked = field && lengthAskedFor(node, field, variables);
    const isList = field !== undefined && isListType(getNullableType(field.type));
    const inner = node.selectionSet
      ? ofSelections(node.selectionSet, type, isList ? undefined : asked)
      : nothing;
    const length = isList ? (asked ?? page ?? USUAL_LENGTH) : 1;
    return {
      depth: 1 + inner.depth,
      aliases: (node.alias ? 1 : 0) + inner.aliases,
      fields: 1,
      cost: (isCompositeType(type) ? 1 + inner.cost : 0) * length,
    };
  }

  const { fields, ...sizes } = ofSelections(
    operation.selectionSet,
    schema.getRootType(operation.operation) ?? undefined,
  );
  return { ...sizes, rootFields: fields };
}

function sum(a: Sizes, b: Sizes): Sizes {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    fields: a.fields + b.fields,
    cost: a.cost + b.cost,
  };
}

/** The length of a page by `first`, of a list by `ids`; undefined for a field with neither. */
function lengthAskedFor(
  { arguments: given = [] }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Measured['variables'],
): number | undefined {
  const argument = args.find(({ name }) => name === 'first' || name === 'ids');
  if (!argument) return undefined;
  const node = given.find(({ name }) => name.value === argument.name)?.value;
  const value = node ? valueOf(node, variables) : argument.defaultValue;
  const length = Array.isArray(value) ? value.length : value;
  // What is no length is refused when the operation runs.
  return typeof length === 'number' && length >= 0 ? Math.min(length, LONGEST_PAGE) : LONGEST_PAGE;
}

function valueOf(node: ValueNode, variables: Measured['variables']): unknown {
  return node.kind === Kind.VARIABLE ? variables?.[node.name.value] : valueFromASTUntyped(node, variables);
}
