/** Scalars, enums and other values as JSON text. */
import { GraphQLID, GraphQLInt, GraphQLString, type GraphQLLeafType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';

/** What JSON writes with a backslash: quotes, backslashes, control characters, and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex -- these are the characters meant
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A value that JSON does not have, such as a function: left out of objects, as JSON.stringify does. */
export const ABSENT = '';

/** Finding that a string needs no escape is cheaper than JSON.stringify. */
export function textToJson(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** The text that JSON.stringify would give. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') return textToJson(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const text: unknown = JSON.stringify(value);
  return typeof text === 'string' ? text : ABSENT;
}

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
