/** Scalars and enums as JSON text. */
import { GraphQLID, GraphQLInt, GraphQLString, type GraphQLLeafType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { textToJson, toJson } from './json-text.ts';

/** @throws Error when the type cannot write the value */
export type WriteLeaf = (value: unknown) => string;

/**
 * Most types write text, and whole numbers of 32 bits, as they are: nine values of ten need no question to the type. The bounds are
 * those of the Int of the specification (3.5.1).
 */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  const ask: WriteLeaf = (value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized != null) return toJson(serialized);
    throw new Error(
      `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to ` +
        `return non-nullable value, returned: ${inspect(serialized)}`,
    );
  };
  if (type === GraphQLID || type === GraphQLString)
    return (value) => (typeof value === 'string' ? textToJson(value) : ask(value));
  if (type.serialize === String) return onceForEqual(ask);
  if (type === GraphQLInt)
    return (value) => (typeof value === 'number' && (value | 0) === value ? String(value) : ask(value));
  return ask;
}

/** For values that are mostly the same from one to the next, such as currencies. */
function onceForEqual(write: WriteLeaf): WriteLeaf {
  let last: unknown = Symbol('none');
  let text = '';
  return (value) => {
    if (value !== last) {
      text = write(value);
      last = value;
    }
    return text;
  };
}
