/** Looks for a document that tells an executor from graphql-js. */
import type { Answer } from './answer.ts';
import { shrink } from './shrink.ts';
import { isValid, tryOut, type Difference, type Parties } from './trial.ts';
import { writeTrial } from './write-document.ts';

/** What the executions were like: a fuzzer whose documents are all refused tests nothing. */
export interface Census {
  requests: number;
  /** Requests that were refused for their variables. */
  unfit: number;
  withErrors: number;
  /** `data` is null. */
  allNull: number;
  calls: number;
  /** Of every fifth document at the beginning: how many were looked at, and how many graphql-js would let pass. */
  looked: number;
  valid: number;
}

export interface Found {
  readonly census: Census;
  /** After how many documents. */
  readonly documents: number;
  /** Told with its seed, and as small as it gets. */
  readonly difference?: string;
}

/** Enough for a share; to validate a document takes longer than to execute it. */
const MOST_LOOKED_AT = 100;

/** @param count most documents to try; document n has the seed `<seed>/<n>` */
export async function search(parties: Parties, seed: string, count: number): Promise<Found> {
  const census: Census = { requests: 0, unfit: 0, withErrors: 0, allNull: 0, calls: 0, looked: 0, valid: 0 };
  for (let index = 0; index < count; index += 1) {
    const trial = writeTrial(`${seed}/${index}`, parties.subject);
    if (index % 5 === 0 && census.looked < MOST_LOOKED_AT) {
      census.looked += 1;
      if (isValid(parties.subject, trial)) census.valid += 1;
    }
    const found = await tryOut(parties, trial, (answer) => {
      note(census, answer);
    });
    if (found) return { census, documents: index + 1, difference: tell(await shrink(parties, found)) };
  }
  return { census, documents: count };
}

function note(census: Census, { data, errors, calls }: Answer): void {
  census.requests += 1;
  if (data === undefined) census.unfit += 1;
  if (data === 'null') census.allNull += 1;
  if (errors.length > 0) census.withErrors += 1;
  census.calls += calls.length;
}

function tell({ trial, request, difference }: Difference): string {
  const { operationName, variables, timing, faults } = request;
  return [
    `document ${trial.seed}, of which remains:`,
    trial.document,
    `variables: ${variables ?? 'none'}`,
    `operation: ${operationName ?? 'the only one'}; ${timing}, faults ${faults}, resolvers' seed ${request.seed}`,
    `differs in ${difference}`,
  ].join('\n');
}
