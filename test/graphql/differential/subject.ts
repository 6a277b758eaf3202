/** What is executed: a schema, and the values that a request brings along. */
import type { RunSettings } from './run.ts';
import { createRun } from './produce.ts';
import { createOwnSchema } from './schema.ts';
import type { Generator } from './write-document.ts';

/** One execution's surroundings; each gets its own, so that nothing passes from one executor to the other. */
export interface Execution {
  readonly contextValue: unknown;
  readonly rootValue: unknown;
  /** What its resolvers did, in order. */
  readonly calls: readonly string[];
  /** Lets everything settle that was begun. */
  untilAnswered<T>(answer: T | Promise<T>): T | Promise<T>;
}

export interface Subject extends Generator {
  begin(settings: RunSettings): Execution;
}

/** The schema that has everything. */
export function createOwnSubject(): Subject {
  return {
    schema: createOwnSchema(),
    scalars: {
      Odd: ['1', '"throw"', '"nothing"', '"x"', '[1]', 'true'],
      Json: ['1', '"x"', 'null', '[1, [null]]', 'true', '1.5'],
    },
    timings: ['sync', 'turns', 'turns', 'ticks'],
    begin(settings) {
      const run = createRun(settings);
      return {
        contextValue: run,
        rootValue: run.root,
        calls: run.calls,
        untilAnswered: run.clockwork.untilAnswered,
      };
    },
  };
}
