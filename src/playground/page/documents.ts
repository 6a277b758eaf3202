/** Documents as text: finding and changing the operation that somebody is working on. */
import { Kind, parse, print, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';

export function parseDocument(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The operation at a place of the text, else the first one; undefined where there is none. */
export function operationAt(
  document: DocumentNode | undefined,
  offset: number,
): OperationDefinitionNode | undefined {
  const operations = (document?.definitions ?? []).filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operations.find(({ loc }) => loc && loc.start <= offset && offset <= loc.end) ?? operations.at(0);
}

/** Another operation in the place of one. The comments at the beginning stay; others are lost, as graphql prints none. */
export function replaceOperation(
  text: string,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  replacement: OperationDefinitionNode | undefined,
): string {
  const definitions = document.definitions.flatMap((definition) =>
    definition === operation ? (replacement ?? []) : definition,
  );
  return leadingComments(text) + (definitions.length === 0 ? '' : `${print({ ...document, definitions })}\n`);
}

/** The text in graphql's own layout, with its first comments; as it is where it cannot be parsed or would lose comments. */
export function prettify(text: string): string {
  const document = parseDocument(text);
  const comments = leadingComments(text);
  if (!document || text.slice(comments.length).includes('#')) return text;
  return `${comments}${print(document)}\n`;
}

function leadingComments(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#') && line.trim() !== '');
  const comments = lines.slice(0, Math.max(end, 0)).filter((line) => line.startsWith('#'));
  return comments.map((line) => `${line}\n`).join('');
}

/** The names of the variables that a node uses. */
export function variablesIn(node: OperationDefinitionNode): Set<string> {
  const names = new Set<string>();
  visit(node.selectionSet, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}
