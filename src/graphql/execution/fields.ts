/** The fields of an object, one closure each (specification, 6.4, ExecuteField). */
import {
  defaultFieldResolver,
  getArgumentValues,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { CollectedFields } from './collect-fields.ts';
import { completerOf, type FieldSite } from './complete-value.ts';
import { leafWriter } from './leaf-text.ts';
import { isPromise, type FieldPath, type MaybePromise, type Text } from './text.ts';
import { noteError, passOn, written, type Path, type Run } from './run.ts';

/**
 * In the extensions of a field: its resolver looks at nothing but its source, and never waits. It is given nothing else, so what
 * follows from an object costs as much as a property of it.
 */
export const SOURCE_ONLY = 'sourceOnly';

/** Beside it, for a text in which JSON has nothing to escape and its type nothing to check: it is written as it is. */
export const VERBATIM = 'verbatim';

type Read = (source: unknown) => unknown;

/** One field of a selection, on objects of one type. */
export interface Field {
  /** The quoted name in the answer, with the comma before it and the colon behind. */
  readonly key: string;
  readonly execute: (run: Run, source: unknown, parent: Path | undefined) => MaybePromise<Text>;
}

/** How the field that these nodes select writes the objects it leads to. */
export type WriterOf = (nodes: readonly FieldNode[]) => FieldSite['writerOf'];

/** Closures for the fields that the type has; others are passed over, as validation has refused them. */
export function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  collected: CollectedFields,
  writerOf: WriterOf,
): readonly Field[] {
  const fields: Field[] = [];
  for (const [name, nodes] of collected) {
    const definition = definitionOf(schema, type, (nodes[0] as FieldNode).name.value);
    if (!definition) continue;
    const site = { name, type, definition, nodes, writerOf: writerOf(nodes) };
    fields.push({
      key: `,${JSON.stringify(name)}:`,
      execute: isPlain(definition) ? plainField(site) : field(site),
    });
  }
  return fields;
}

function definitionOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  const isQuery = type === schema.getQueryType();
  if (isQuery && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (isQuery && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return type.getFields()[name];
}

interface Site extends FieldSite {
  readonly name: string;
  readonly type: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
}

function field(site: Site, resolve = resolverOf(site)): Field['execute'] {
  const { definition, nodes } = site;
  const complete = completerOf(definition.type, site);
  const mayBeNull = !isNonNullType(definition.type);

  function fail(run: Run, error: unknown, path: Path): Text {
    if (!mayBeNull) throw passOn(run, error, nodes, path);
    noteError(run, error, nodes, path);
    return undefined;
  }

  return (run, source, parent) => {
    const path = new PathOfField(run, site, parent);
    try {
      const result = resolve(run, source, path);
      const text = isPromise(result)
        ? result.then((value) => complete(run, value, path, path))
        : complete(run, result, path, path);
      if (typeof text === 'string') return text;
      return isPromise(text) ? text.then(undefined, (error: unknown) => fail(run, error, path)) : text;
    } catch (error) {
      return fail(run, error, path);
    }
  };
}

class PathOfField implements FieldPath {
  readonly key: string;
  readonly typename: string;
  private known: GraphQLResolveInfo | undefined = undefined;

  // Private to the compiler alone: fields that are so to the engine take longer to make.
  constructor(
    private readonly run: Run,
    private readonly site: Site,
    readonly prev: Path | undefined,
  ) {
    this.key = site.name;
    this.typename = site.type.name;
  }

  /** Most fields need none: nobody asks for it where a field is a property of its object. */
  get info(): GraphQLResolveInfo {
    return (this.known ??= infoOf(this.run, this.site, this));
  }
}

type Resolve = (run: Run, source: unknown, path: FieldPath) => unknown;

function resolverOf({ definition, nodes }: Site): Resolve {
  const { args, name, resolve } = definition;
  const [node] = nodes as [FieldNode];
  const given: (run: Run) => Record<string, unknown> =
    args.length === 0
      ? () => ({})
      : ({ variableValues }) => getArgumentValues(definition, node, variableValues);

  const read = readOf(definition);
  if (read) return (_, source) => read(source);
  if (resolve) return (run, source, path) => resolve(source, given(run), run.contextValue, path.info);
  const askMethod: Resolve = (run, source, path) =>
    defaultFieldResolver(source, given(run), run.contextValue, path.info);
  if (args.length > 0) return askMethod;
  return (run, source, path) => {
    if (typeof source !== 'object' || source === null) return askMethod(run, source, path);
    const value = (source as Record<string, unknown>)[name];
    return typeof value === 'function' ? askMethod(run, source, path) : value;
  };
}

/** The resolver of a field that needs no more than its source. */
function readOf({ extensions, resolve }: Site['definition']): Read | undefined {
  return extensions[SOURCE_ONLY] === true ? (resolve as Read | undefined) : undefined;
}

/** Scalars and enums that are properties of their object, or follow from it alone: most of what an answer holds. */
function isPlain(definition: Site['definition']): boolean {
  const { type, args, resolve } = definition;
  if (args.length > 0 || !isLeafType(isNonNullType(type) ? type.ofType : type)) return false;
  return resolve === undefined || readOf(definition) !== undefined;
}

/**
 * What {@link field} does, for a plain one whose object has the value at hand. Whatever else it finds is completed as any
 * field's value is, but a property is read once: an accessor may do something, or make a promise that somebody must hear.
 */
function plainField(site: Site): Field['execute'] {
  const { definition } = site;
  const { name } = definition;
  const read = readOf(definition);
  const type = isNonNullType(definition.type) ? definition.type.ofType : definition.type;
  const theLongWay = field(site);
  if (!isLeafType(type)) return theLongWay;
  const write = definition.extensions[VERBATIM] === true ? quoted : leafWriter(type);
  const withValue = field(site, (_, value) => value);
  const withError = field(site, (_, error) => {
    throw error;
  });

  return (run, source, parent) => {
    if (typeof source !== 'object' || source === null) return theLongWay(run, source, parent);
    let value: unknown;
    try {
      value = read ? read(source) : (source as Record<string, unknown>)[name];
    } catch (error) {
      return withError(run, error, parent);
    }
    if (typeof value === 'function') return theLongWay(run, source, parent);
    if (typeof value !== 'string' && typeof value !== 'number') return withValue(run, value, parent);
    try {
      return written(run, write(value));
    } catch {
      return withValue(run, value, parent);
    }
  };
}

function quoted(text: unknown): string {
  return `"${text as string}"`;
}

function infoOf(run: Run, { definition, nodes, type }: Site, path: Path): GraphQLResolveInfo {
  const { compiled, rootValue, variableValues } = run;
  const { schema, fragments, operation } = compiled;
  return {
    fieldName: definition.name,
    fieldNodes: nodes,
    returnType: definition.type,
    parentType: type,
    path,
    schema,
    fragments,
    rootValue,
    operation,
    variableValues,
  };
}
