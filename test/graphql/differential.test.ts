/**
 * Our executor against graphql-js's `execute`: random documents, variables and resolvers, and no difference.
 * DIFFERENTIAL_DOCUMENTS says how many (10,000 in .ci/run), DIFFERENTIAL_SEED repeats a run: a failure prints its seed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileOperation } from '../../src/graphql/execution/compile-operation.ts';
import { plants, withoutMistake } from './differential/plants.ts';
import { compileReference } from './differential/reference.ts';
import { watchRejections, type Rejections } from './differential/rejections.ts';
import { search } from './differential/search.ts';
import { createServiceSubject } from './differential/service-subject.ts';
import { createOwnSubject } from './differential/subject.ts';

const DOCUMENTS = Number(process.env['DIFFERENTIAL_DOCUMENTS'] ?? 700);
const SEED = process.env['DIFFERENTIAL_SEED'] ?? String(Date.now() % 1e9);
/** An hour: 1,000,000 documents. */
const TIMEOUT = 3_600_000;

const own = createOwnSubject();
const service = createServiceSubject();
let rejections: Rejections;
const { stackTraceLimit } = Error;

beforeAll(() => {
  rejections = watchRejections();
  // Nobody reads the stacks of a million errors, and to write them takes as long as all the rest.
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  rejections.stop();
  Error.stackTraceLimit = stackTraceLimit;
});

describe(`random documents are executed as graphql-js executes them (DIFFERENTIAL_SEED=${SEED})`, () => {
  const shares = {
    'a schema that has everything': [own, 0.8],
    "the service's schema": [service, 0.2],
  } as const;

  for (const [name, [subject, share]] of Object.entries(shares)) {
    const count = Math.ceil(DOCUMENTS * share);
    it(`on ${name}: ${count} of them`, { timeout: TIMEOUT }, async () => {
      const { difference, census } = await search(
        { subject, compile: compileOperation, rejections, bounded: true },
        SEED,
        count,
      );
      expect.soft(difference).toBeUndefined();
      if (difference !== undefined || count < 500) return;
      const { requests, unfit, withErrors, allNull, calls, looked, valid } = census;
      expect(valid / looked).toBeGreaterThan(0.4);
      expect(unfit / requests).toBeLessThan(0.4);
      expect(withErrors / requests).toBeGreaterThan(0.2);
      expect(withErrors / requests).toBeLessThan(0.9);
      expect(allNull / requests).toBeLessThan(0.5);
      // Of the service's only the changes are noted.
      expect(calls / requests).toBeGreaterThan(subject === own ? 4 : 0.1);
    });
  }
});

describe('an executor that goes astray is found out, when', () => {
  const deaf = { take: () => [], stop: () => undefined };

  for (const [mistake, compile] of Object.entries(plants)) {
    it(mistake, async () => {
      const { difference, documents } = await search(
        { subject: own, compile, rejections: deaf },
        'planted',
        3_000,
      );
      expect(difference, `${documents} documents`).toBeDefined();
    });
  }

  it.each([
    ['graphql-js itself', compileReference],
    ['what the mistakes are made with', withoutMistake],
  ])('but not %s', async (_, compile) => {
    const parties = { subject: own, compile, rejections: deaf };
    expect((await search(parties, 'itself', 100)).difference).toBeUndefined();
  });
});
