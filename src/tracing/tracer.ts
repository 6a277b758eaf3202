/**
 * What the other rooms know of traces. A span is handed on with the signal of its request, to whatever is done for it; where nobody
 * records a request there is none, and nothing is made. No name and no attribute may hold an id, a token, an argument or anything
 * else that a client wrote: a value comes from the program, from its configuration, or from a database's list of codes.
 */

/** Names by OpenTelemetry's semantic conventions where they have one, else `cartwright.…`. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** What a span tells of: work inside, or a call of a database. */
export type Kind = 'internal' | 'client';

export interface Span {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** A span inside of this one. @param links spans of other requests that it is for too */
  begin(name: string, kind?: Kind, attributes?: Attributes, links?: readonly Span[]): Span;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Says that what this one waits for is told there. */
  link(to: Span): void;
  /** @param type a word of the program's or a database's code, never a message */
  fail(type: string): void;
  end(): void;
}

/** The trace that a request belongs to, as whoever sent it says. */
export interface RemoteSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly parentId: string | undefined;
  /** Whether whoever sent it records the trace; undefined where that is left to us. */
  readonly sampled: boolean | undefined;
}

/** A request that has begun. */
export interface Traced {
  readonly traceId: string;
  /** Absent where it is not recorded. */
  readonly span: Span | undefined;
}

export interface Tracer {
  /** The span of a request, if it is recorded. */
  begin(name: string, remote: RemoteSpan | undefined, attributes: Attributes): Traced | undefined;
}

/** Where nobody looks; whoever knows it need not ask. */
export const noTracer: Tracer = { begin: () => undefined };

/** Whoever may have a span: the signal of a request, or of several. */
export interface Bearer {
  readonly span?: Span | undefined;
}

/** The spans of those that have one; undefined where none has, which is nearly always, and then nothing was made. */
export function spansOf(bearers: readonly (Bearer | undefined)[]): readonly Span[] | undefined {
  let spans: Span[] | undefined;
  for (const bearer of bearers) {
    if (bearer?.span && !spans?.includes(bearer.span)) (spans ??= []).push(bearer.span);
  }
  return spans;
}

/**
 * One piece of work for several requests: a span in the trace of each. What is done inside stands in the first one's; that one is
 * linked to the others, and they to it.
 */
export function beginShared(
  spans: readonly Span[],
  name: string,
  attributes: Attributes = {},
): Span | undefined {
  const [first, ...others] = spans;
  if (!first) return undefined;
  if (others.length === 0) return first.begin(name, 'internal', attributes);
  const mirrors = others.map((span) =>
    span.begin(name, 'internal', { ...attributes, 'cartwright.shared': true }),
  );
  const main = first.begin(name, 'internal', { ...attributes, 'cartwright.requests': spans.length }, mirrors);
  for (const mirror of mirrors) mirror.link(main);
  return {
    ...main,
    fail(type) {
      for (const span of [main, ...mirrors]) span.fail(type);
    },
    end() {
      for (const span of [...mirrors, main]) span.end();
    },
  };
}

/** Ends a span when its work has ended. @param typeOf what an error is called */
export function endWith<Result>(
  span: Span,
  work: Promise<Result>,
  typeOf: (error: unknown) => string,
): Promise<Result> {
  return work.then(
    (result) => {
      span.end();
      return result;
    },
    (error: unknown) => {
      span.fail(typeOf(error));
      span.end();
      throw error;
    },
  );
}

/** The name of an error, which is a word of a program; a client can write none. */
export function errorName(error: unknown): string {
  return error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : 'other';
}
