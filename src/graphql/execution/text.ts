/** What the parts of the executor hand to each other: text, now or later, and where it stands. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Path } from './run.ts';

/** JSON text; undefined for null, which a place that must have a value refuses. */
export type Text = string | undefined;
export type MaybePromise<Value> = Value | Promise<Value>;

/** The place of a field, which can tell resolvers what they may want to know of it. */
export interface FieldPath extends Path {
  readonly info: GraphQLResolveInfo;
}

export function isPromise(value: unknown): value is Promise<unknown> {
  // Most values are text and numbers: to look for a property of theirs takes longer than to see that.
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return typeof (value as { then?: unknown }).then === 'function';
}
