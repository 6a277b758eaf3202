/** What one run of an operation shares: its request, what it has written, and the errors it has met. */
import {
  locatedError,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** An operation with all that gives it its meaning. */
export interface Compiled {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** The variables as their types have them. */
export type Variables = Readonly<Record<string, unknown>>;

/** A place in the answer, from the inside out. The same form as graphql-js hands to resolvers. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

/** What a run is asked for, beside what to run. */
export interface RunOptions {
  readonly contextValue: unknown;
  readonly rootValue?: unknown;
  /** Most characters of `data`; any number by default. */
  readonly maxLength?: number;
  /** Most errors that are kept, of further ones only the number; any number by default. */
  readonly maxErrors?: number;
  /** Asked now and then in a long run: why it is to end; undefined to go on. */
  readonly reasonToStop?: () => Error | undefined;
}

export class Run {
  readonly contextValue: unknown;
  readonly rootValue: unknown;
  readonly maxErrors: number;
  readonly reasonToStop: (() => Error | undefined) | undefined;
  /** Characters that may still be written. */
  left: number;
  /** Why the run ends before its time: no field's error, and noted nowhere. */
  stopped: Error | undefined;
  readonly errors: GraphQLError[] = [];
  errorsLeftOut = 0;
  /** Places that are null because of an error; undefined for the whole answer. */
  nulled: Set<Path | undefined> | undefined;

  constructor(
    readonly compiled: Compiled,
    readonly variableValues: Variables,
    { contextValue, rootValue, maxLength = Infinity, maxErrors = Infinity, reasonToStop }: RunOptions,
  ) {
    this.contextValue = contextValue;
    this.rootValue = rootValue;
    this.left = maxLength;
    this.maxErrors = maxErrors;
    this.reasonToStop = reasonToStop;
  }
}

/** The answer is longer than the run may write: no field's error, but the end of the run. */
export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
}

/** Counts characters of the answer. @throws AnswerTooLong */
export function spend(run: Run, characters: number): void {
  run.left -= characters;
  if (run.left < 0) throw (run.stopped ??= new AnswerTooLong());
}

/** @throws the reason to end a run that has gone on for a while */
export function stopIfOver(run: Run): void {
  run.stopped ??= run.reasonToStop?.();
  if (run.stopped) throw run.stopped;
}

/** The text, counted. @throws AnswerTooLong */
export function written(run: Run, text: string): string {
  spend(run, text.length);
  return text;
}

/**
 * An error at a place whose value may be null: it is noted, and null takes the value's place. Nothing is noted below a place
 * that is null already.
 */
export function noteError(run: Run, raw: unknown, nodes: readonly FieldNode[], path: Path): void {
  if (run.stopped) throw run.stopped;
  const nulled = (run.nulled ??= new Set());
  if (nulled.has(undefined)) return;
  for (let place: Path | undefined = path; place; place = place.prev) if (nulled.has(place)) return;
  nulled.add(path);
  if (run.errors.length < run.maxErrors) run.errors.push(locate(raw, nodes, path));
  else run.errorsLeftOut += 1;
}

/** An error on its way to a place that may be null. Where it will only be counted, it is not worth locating. */
export function passOn(run: Run, raw: unknown, nodes: readonly FieldNode[], path: Path): unknown {
  if (run.stopped) return run.stopped;
  return run.errors.length >= run.maxErrors ? raw : locate(raw, nodes, path);
}

function locate(raw: unknown, nodes: readonly FieldNode[], path: Path): GraphQLError {
  const keys: (string | number)[] = [];
  for (let place: Path | undefined = path; place; place = place.prev) keys.push(place.key);
  return locatedError(raw, nodes, keys.reverse());
}
