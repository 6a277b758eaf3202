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
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
