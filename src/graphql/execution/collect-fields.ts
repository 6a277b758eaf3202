/** Which fields a selection has for an object of a given type, by the rules of the specification (6.3.2, CollectFields). */
import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  typeFromAST,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Compiled, Variables } from './run.ts';

/** The fields by the name that they have in the answer, in its order. */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Each fragment is gone into once for a selection, however often it is spread there: the work is linear in the document.
 * @throws GraphQLError for a condition that has no value
 */
export function collectFields(
  compiled: Compiled,
  variables: Variables,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): CollectedFields {
  const { schema, fragments } = compiled;
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD && visited.has(node.name.value)) continue;
      if (isIncluded(node, variables)) add(node);
    }
  }

  function add(node: SelectionNode): void {
    if (node.kind === Kind.INLINE_FRAGMENT) {
      if (isFor(node)) collect(node.selectionSet);
    } else if (node.kind === Kind.FRAGMENT_SPREAD) {
      visited.add(node.name.value);
      const fragment = fragments[node.name.value];
      if (fragment && isFor(fragment)) collect(fragment.selectionSet);
    } else {
      const key = (node.alias ?? node.name).value;
      const nodes = fields.get(key);
      if (nodes) nodes.push(node);
      else fields.set(key, [node]);
    }
  }

  function isFor({ typeCondition }: InlineFragmentNode | FragmentDefinitionNode): boolean {
    if (!typeCondition) return true;
    const condition = typeFromAST(schema, typeCondition);
    return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
  }

  selectionSets.forEach(collect);
  return fields;
}

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}

/** The variables that decide which fields an operation of the document has. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
