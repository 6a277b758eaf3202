/** The text of an operation that knows its types. */

declare const types: unique symbol;

/** A text: the property exists for the compiler only. */
export type TypedDocument<Data, Variables> = string & {
  readonly [types]?: (variables: Variables) => Data;
};
