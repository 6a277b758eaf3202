/**
 * How large operations are, before they run. Every fragment is measured once, whatever spreads it: the work is linear in the
 * size of the document, and counts that would grow beyond all bounds stay at {@link SATURATED}.
 */
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { keyBytes, leafBytes, longestList, TYPE_NAME } from './answer-size.ts';

export interface Measures {
  /** Levels of fields. */
  readonly depth: number;
  /** Fields under another name. */
  readonly aliases: number;
  /** Fields of the operation itself. */
  readonly rootFields: number;
  /** Fields and fragments of all levels, each fragment with its contents wherever it is spread. */
  readonly fields: number;
  /** Objects in the answer, a list taken to have as many entries as it was asked for. */
  readonly cost: number;
  /** Carts that are loaded to be read. */
  readonly carts: number;
  /** Bytes of the answer at worst. */
  readonly bytes: number;
}

/** What one entry of the page adds that is asked for around these selections. */
type Sizes = Measures & { readonly entryCost: number; readonly entryBytes: number };

export interface Measured {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** Without them a list whose length a variable decides counts as the longest page. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Entries of a list whose length no argument decides: what a cart usually holds. */
const USUAL_LENGTH = 10;

/** The longest page, and the most ids in one request; see page.ts in cart/. */
const LONGEST_PAGE = 100;

/** More than any limit, and the first whole number that is not exact. */
export const SATURATED = 2 ** 53;

const nothing: Sizes = {
  depth: 0,
  aliases: 0,
  rootFields: 0,
  fields: 0,
  cost: 0,
  carts: 0,
  bytes: 0,
  entryCost: 0,
  entryBytes: 0,
};

/**
 * Measures the operations of one document. Introspection counts only as fields: it is allowed altogether or not at all, and
 * graphql limits its depth itself.
 */
// eslint-disable-next-line max-lines-per-function -- functions that call each other, and share one document and what of it was measured
export function createMeasure({
  schema,
  document,
  variables,
}: Measured): (operation: OperationDefinitionNode) => Measures {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Sizes>();

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Sizes {
    return selections.reduce((sizes, node) => sum(sizes, ofSelection(node, type)), nothing);
  }

  function ofSelection(node: SelectionNode, type: GraphQLNamedType | undefined): Sizes {
    if (node.kind === Kind.FIELD) return ofField(node, type);
    if (node.kind === Kind.FRAGMENT_SPREAD) return sum(one, ofFragment(node.name.value));
    const condition = node.typeCondition && schema.getType(node.typeCondition.name.value);
    return sum(one, ofSelections(node.selectionSet, condition ?? type));
  }

  function ofFragment(name: string): Sizes {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, nothing); // a fragment within itself is refused by another rule
    const definition = fragments.get(name);
    if (!definition) return nothing;
    const sizes = ofSelections(definition.selectionSet, schema.getType(definition.typeCondition.name.value));
    measured.set(name, sizes);
    return sizes;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Sizes {
    const name = node.name.value;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = field && getNamedType(field.type);
    const inner = node.selectionSet ? ofSelections(node.selectionSet, type) : nothing;
    const fields = saturate(1 + inner.fields);
    const key = keyBytes((node.alias ?? node.name).value);
    if (name.startsWith('__')) return { ...nothing, fields, bytes: key + TYPE_NAME };
    const place = `${parent?.name ?? ''}.${name}`;

    const asked = field && lengthAskedFor(node, field, variables);
    const page = asked ?? LONGEST_PAGE;
    const cost = isCompositeType(type) ? 1 + inner.cost + inner.entryCost * page : 0;
    const bytes = node.selectionSet ? 2 + inner.bytes + inner.entryBytes * page : leafBytes(type, place);
    const common = {
      depth: 1 + inner.depth,
      aliases: saturate((node.alias ? 1 : 0) + inner.aliases),
      rootFields: 1,
      fields,
      carts: parent === schema.getQueryType() && isOfCarts(type) ? (asked ?? 1) : 0,
      entryCost: 0,
      entryBytes: 0,
    };
    if (!field || !isListType(getNullableType(field.type))) {
      return { ...common, cost: saturate(cost), bytes: saturate(key + bytes) };
    }
    // The lists of a connection are as long as its page.
    if (asked === undefined && parent?.name.endsWith('Connection')) {
      return {
        ...common,
        cost: 0,
        bytes: key + 2,
        entryCost: saturate(cost),
        entryBytes: saturate(bytes + 1),
      };
    }
    return {
      ...common,
      cost: saturate(cost * (asked ?? usualLength(name))),
      bytes: saturate(key + 2 + (bytes + 1) * (asked ?? longestList(place))),
    };
  }

  return ({ selectionSet, operation }) => {
    const {
      entryCost: _,
      entryBytes: __,
      ...sizes
    } = ofSelections(selectionSet, schema.getRootType(operation) ?? undefined);
    return sizes;
  };
}

/**
 * As the cost has it: how many of them there are need not be certain. Attributes count as a part of what has them: most items have
 * none, and all of a cart together have no more than 300 KB.
 */
function usualLength(field: string): number {
  return field === 'attributes' ? 0 : USUAL_LENGTH;
}

const one: Sizes = { ...nothing, fields: 1 };

function sum(a: Sizes, b: Sizes): Sizes {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: saturate(a.aliases + b.aliases),
    rootFields: saturate(a.rootFields + b.rootFields),
    fields: saturate(a.fields + b.fields),
    cost: saturate(a.cost + b.cost),
    carts: saturate(a.carts + b.carts),
    bytes: saturate(a.bytes + b.bytes),
    entryCost: saturate(a.entryCost + b.entryCost),
    entryBytes: saturate(a.entryBytes + b.entryBytes),
  };
}

function saturate(count: number): number {
  return Math.min(count, SATURATED);
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}

const OF_CARTS: ReadonlySet<string> = new Set(['Cart', 'CartConnection', 'Viewer']);

function isOfCarts(type: GraphQLNamedType | undefined): boolean {
  return type !== undefined && OF_CARTS.has(type.name);
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
  const value: unknown = !node
    ? argument.defaultValue
    : node.kind === Kind.VARIABLE
      ? variables?.[node.name.value]
      : valueFromASTUntyped(node, variables);
  if (Array.isArray(value)) return Math.min(value.length, LONGEST_PAGE);
  // What is no length is refused when the operation runs.
  if (argument.name === 'first' && typeof value === 'number' && value >= 0)
    return Math.min(value, LONGEST_PAGE);
  // Not a list, but to graphql a list of one.
  return argument.name === 'ids' && value != null ? 1 : LONGEST_PAGE;
}
