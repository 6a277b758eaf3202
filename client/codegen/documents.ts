/**
 * A plugin of GraphQL Code Generator that writes the operations as texts, each fragment once, typed by `TypedDocument`. The generator's own
 * documents need a package of types at the client's users, and repeat fragments in every operation.
 */
import { createHash } from 'node:crypto';
import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import {
  Kind,
  OperationTypeNode,
  concatAST,
  isAbstractType,
  print,
  stripIgnoredCharacters,
  visit,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

export interface DocumentsConfig {
  /** A file for TRUSTED_DOCUMENTS instead: the texts by their SHA-256. */
  readonly manifest?: boolean;
  /** What a normalised cache must know of interfaces, instead. */
  readonly possibleTypes?: boolean;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const plugin: PluginFunction<DocumentsConfig, string> = (schema, files, config) => {
  if (config.possibleTypes) return writePossibleTypes(schema);
  const { definitions } = concatAST(files.flatMap(({ document }) => document ?? []));
  const fragments = new Map(
    definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
  );
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (config.manifest) return writeManifest(operations, fragments);
  return [
    "import type { TypedDocument } from '../typed-document.ts';",
    ...[...fragments].map(([name, one]) => `const ${name} = \`${textOf(one)}\`;`),
    ...operations.map((one) => writeOperation(one, fragments)),
  ].join('\n');
};

const textOf = (definition: DefinitionNode) => stripIgnoredCharacters(print(definition));

function writeOperation(operation: OperationDefinitionNode, fragments: Fragments): string {
  const name = operation.name?.value ?? '';
  const type = `${name}${operation.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation'}`;
  const used = namesOf(operation, fragments).map((fragment) => `\${${fragment}}`);
  const text = `\`${textOf(operation)}${used.join('')}\``;
  return `export const ${name}Document = ${text} as TypedDocument<${type}, ${type}Variables>;`;
}

/** Fragments that a definition spreads, and those that these spread, each once. */
function namesOf(definition: DefinitionNode, fragments: Fragments, found = new Set<string>()): string[] {
  visit(definition, {
    FragmentSpread({ name: { value } }) {
      const fragment = fragments.get(value);
      if (!fragment || found.has(value)) return;
      found.add(value);
      namesOf(fragment, fragments, found);
    },
  });
  return [...found];
}

function writeManifest(operations: readonly OperationDefinitionNode[], fragments: Fragments): string {
  const entries = operations.map((operation) => {
    const used = namesOf(operation, fragments).flatMap((name) => fragments.get(name) ?? []);
    const text = [operation, ...used].map(textOf).join('');
    return [`sha256:${createHash('sha256').update(text).digest('hex')}`, text];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function writePossibleTypes(schema: GraphQLSchema): string {
  const entries = Object.values(schema.getTypeMap())
    .filter((type) => isAbstractType(type))
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
  return `export const possibleTypes: Record<string, string[]> = ${JSON.stringify(Object.fromEntries(entries))};\n`;
}
