/** What each bad input and each trouble gets, over GraphQL and over REST: the rows of docs/errors.md, as requests. */
import type { ErrorRow } from './error-row.ts';
import { malformedRequests } from './malformed-rows.ts';
import { malformedValues } from './malformed-value-rows.ts';
import { refusals } from './refusal-rows.ts';
import { faults, permission } from './trouble-rows.ts';

/** By the headings of docs/errors.md. */
export const errorRows: Readonly<Record<string, readonly ErrorRow[]>> = {
  'Malformed requests': malformedRequests,
  'Malformed values': malformedValues,
  'What a cart or the catalogue forbids': refusals,
  Permission: permission,
  Faults: faults,
};
