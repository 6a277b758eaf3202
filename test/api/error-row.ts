/** A row of docs/errors.md, as requests. */
import type { ErrorTools } from './error-tools.ts';

export interface ErrorRow {
  readonly input: string;
  /** As it stands in the table; absent where the API has no such input. */
  readonly graphql?: Attempt;
  readonly rest?: Attempt;
}

type Attempt = readonly [gives: string, send: (t: ErrorTools) => Promise<string>];
