/**
 * How often a document asks for the same thing in the same place. graphql compares fields of one name with each other, those of
 * fragments too: that takes time by the square of their number, of which no client needs more than a few.
 */
import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Fields of one name, or alias, in one place of the answer; and different fragments in one place. */
export const MOST_REPEATS = 20;
export const MOST_FRAGMENTS = 40;

export type Repeats =
  | { readonly kind: 'fields' | 'fragments'; readonly count: number; readonly node: FieldNode | undefined }
  /** More was to be looked at than is allowed: fragments that have themselves within fields of theirs, for example. */
  | { readonly kind: 'endless' };

/** What is asked for in one place of the answer. */
interface Place {
  readonly sets: readonly SelectionSetNode[];
  /** The field there; undefined for the root. */
  readonly field: FieldNode | undefined;
}

/**
 * Merges selections as an execution does, so that a place is looked at with all fields that meet in it.
 * @param most selections to look at, each wherever it is spread
 * @returns undefined for a document that repeats little
 */
// eslint-disable-next-line max-lines-per-function -- its parts share what was counted, and call each other
export function findRepeats(document: DocumentNode, most: number): Repeats | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const seen = new Set<string>();
  let left = most;

  /** Puts the fields of selections into groups. */
  function collect({ selections }: SelectionSetNode, groups: Map<string, FieldNode[]>, spread: Set<string>) {
    for (const node of selections) {
      left -= 1;
      if (left < 0) return;
      if (node.kind === Kind.FIELD) {
        const name = (node.alias ?? node.name).value;
        const group = groups.get(name);
        if (group) group.push(node);
        else groups.set(name, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, groups, spread);
      } else {
        const name = node.name.value;
        const fragment = fragments.get(name);
        if (!fragment || spread.has(name)) continue;
        spread.add(name);
        seen.add(name);
        collect(fragment.selectionSet, groups, spread);
      }
    }
  }

  function find(root: SelectionSetNode): Repeats | undefined {
    const places: Place[] = [{ sets: [root], field: undefined }];
    // Places are added as they are found: fragments that have themselves within would be too deep for a recursion.
    for (const { sets, field } of places) {
      const groups = new Map<string, FieldNode[]>();
      const spread = new Set<string>();
      for (const selections of sets) collect(selections, groups, spread);
      if (left < 0) return { kind: 'endless' };
      if (spread.size > MOST_FRAGMENTS) return { kind: 'fragments', count: spread.size, node: field };
      for (const nodes of groups.values()) {
        const [node] = nodes;
        if (nodes.length > MOST_REPEATS) return { kind: 'fields', count: nodes.length, node };
        const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
        if (inner.length > 0) places.push({ sets: inner, field: node });
      }
    }
    return undefined;
  }

  for (const node of document.definitions) {
    const found = node.kind === Kind.OPERATION_DEFINITION && find(node.selectionSet);
    if (found) return found;
  }
  // graphql refuses these, but only after it has compared their fields.
  for (const [name, { selectionSet }] of fragments) {
    const found = seen.has(name) ? undefined : find(selectionSet);
    if (found) return found;
  }
  return undefined;
}
