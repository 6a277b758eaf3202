/** What each bad input and each trouble gets, over GraphQL and over REST: the rows of docs/errors.md, as requests. */
import type { ErrorTools } from './error-tools.ts';
import { malformedRequests } from './malformed-rows.ts';
import { malformedValues } from './malformed-value-rows.ts';
import { refusals } from './refusal-rows.ts';
import { faults, permission } from './trouble-rows.ts';

export interface ErrorRow {
  readonly input: string;
  /** As it stands in the table; absent where the API has no such input. */
  readonly graphql?: Attempt;
  readonly rest?: Attempt;
}

type Attempt = readonly [gives: string, send: (t: ErrorTools) => Promise<string>];

/** By the headings of docs/errors.md. */
export const errorRows: Readonly<Record<string, readonly ErrorRow[]>> = {
  'Malformed requests': malformedRequests,
  'Malformed values': malformedValues,
  'What a cart or the catalogue forbids': refusals,
  Permission: permission,
  Faults: faults,
};
