/** From what a resolver returned to JSON text, by the field's type (specification, 6.4.3, CompleteValue). */
import {
  defaultTypeResolver,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { leafWriter } from './leaf-text.ts';
import { isPromise, type FieldPath, type MaybePromise, type Text } from './text.ts';
import { noteError, passOn, written, type Path, type Run } from './run.ts';
import { writeList } from './write-list.ts';

/**
 * @param path that of the field, or of an entry of its list
 * @throws whatever is wrong with the value; the field or entry says where
 */
export type Complete = (run: Run, value: unknown, path: Path, field: FieldPath) => MaybePromise<Text>;

/** Writes the selected fields of an object. */
export type WriteObject = (run: Run, source: unknown, path: Path | undefined) => MaybePromise<Text>;

/** A field of a type: what is selected of it decides how its objects are written. */
export interface FieldSite {
  readonly nodes: readonly FieldNode[];
  /** @throws GraphQLError for a condition that has no value */
  readonly writerOf: (type: GraphQLObjectType) => WriteObject;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function' &&
    typeof value === 'object'
  );
}

type NullableType =
  GraphQLLeafType | GraphQLAbstractType | GraphQLObjectType | GraphQLList<GraphQLOutputType>;

export function completerOf(type: GraphQLOutputType, site: FieldSite): Complete {
  const mayBeNull = !isNonNullType(type);
  const complete = ofType(getNullableType(type) as NullableType, site);

  function check(text: Text, field: FieldPath): Text {
    if (text !== undefined || mayBeNull) return text;
    const { info } = field;
    throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`);
  }

  return (run, value, path, field) => {
    if (value == null) return check(undefined, field);
    if (value instanceof Error) throw value;
    const text = complete(run, value, path, field);
    if (mayBeNull || typeof text === 'string') return text;
    return isPromise(text) ? text.then((later) => check(later, field)) : check(text, field);
  };
}

function ofType(type: NullableType, site: FieldSite): Complete {
  if (isListType(type)) return listOf(type.ofType, site);
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (run, value) => written(run, write(value));
  }
  if (isAbstractType(type)) return abstractOf(type, site);
  return objectOf(type, site);
}

function listOf(itemType: GraphQLOutputType, site: FieldSite): Complete {
  const complete = completerOf(itemType, site);
  const mayBeNull = !isNonNullType(itemType);

  function fail(run: Run, error: unknown, path: Path): Text {
    if (!mayBeNull) throw passOn(run, error, site.nodes, path);
    noteError(run, error, site.nodes, path);
    return undefined;
  }

  function entry(run: Run, value: unknown, path: Path, field: FieldPath): MaybePromise<Text> {
    try {
      const text = isPromise(value)
        ? value.then((later) => complete(run, later, path, field))
        : complete(run, value, path, field);
      if (typeof text === 'string') return text;
      return isPromise(text) ? text.then(undefined, (error: unknown) => fail(run, error, path)) : text;
    } catch (error) {
      return fail(run, error, path);
    }
  }

  return (run, value, path, field) => {
    if (!isIterable(value)) {
      const { info } = field;
      const name = `${info.parentType.name}.${info.fieldName}`;
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
    }
    return writeList(run, value, path, field, entry);
  };
}

function objectOf(type: GraphQLObjectType, site: FieldSite): Complete {
  const { isTypeOf } = type;
  const wrong = (value: unknown) =>
    new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, {
      nodes: site.nodes,
    });

  let made: WriteObject | undefined;

  return (run, value, path, field) => {
    const write = (made ??= site.writerOf(type));
    if (!isTypeOf) return write(run, value, path);
    const fits = isTypeOf(value, run.contextValue, field.info);
    if (isPromise(fits)) {
      return fits.then((later) => {
        if (!later) throw wrong(value);
        return write(run, value, path);
      });
    }
    if (!fits) throw wrong(value);
    return write(run, value, path);
  };
}

function abstractOf(type: GraphQLAbstractType, site: FieldSite): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const completers = new Map<GraphQLObjectType, Complete>();

  function completerFor(runtimeType: GraphQLObjectType): Complete {
    const known = completers.get(runtimeType);
    if (known) return known;
    const complete = objectOf(runtimeType, site);
    completers.set(runtimeType, complete);
    return complete;
  }

  return (run, value, path, field) => {
    const completeAs = (name: unknown) => {
      const runtimeType = runtimeTypeOf(name, type, site, run, field.info, value);
      return completerFor(runtimeType)(run, value, path, field);
    };
    const name = resolveType(value, run.contextValue, field.info, type);
    return isPromise(name) ? name.then(completeAs) : completeAs(name);
  };
}

/** @throws GraphQLError unless the name is that of an object type that the abstract type may be */
function runtimeTypeOf(
  name: unknown,
  type: GraphQLAbstractType,
  { nodes }: FieldSite,
  { compiled: { schema } }: Run,
  info: GraphQLResolveInfo,
  value: unknown,
): GraphQLObjectType {
  const field = `${info.parentType.name}.${info.fieldName}`;
  if (name == null) {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}". Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  }
  if (isObjectType(name)) {
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  }
  if (typeof name !== 'string') {
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${field}" with value ${inspect(value)}, received "${inspect(name)}".`,
    );
  }
  const runtimeType = schema.getType(name);
  const complaint = !runtimeType
    ? `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`
    : !isObjectType(runtimeType)
      ? `Abstract type "${type.name}" was resolved to a non-object type "${name}".`
      : `Runtime Object type "${name}" is not a possible type for "${type.name}".`;
  if (!isObjectType(runtimeType) || !schema.isSubType(type, runtimeType))
    throw new GraphQLError(complaint, { nodes });
  return runtimeType;
}
