/**
 * The endpoint against a stock Apollo Server, both over HTTP and on equal data: status, content type, caching and body of every
 * answer are the same, the first times as well as when the operation has been compiled.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpointPair, type EndpointPair } from '../support/endpoint-pair.ts';
import type { ParityRequest, Question, Reply } from '../support/parity-request.ts';
import { deviating, deviationOf, uncached } from './parity-deviations.ts';
import { changes, operations } from './parity-operations.ts';
import { requests } from './parity-requests.ts';

let pair: EndpointPair;
beforeAll(async () => {
  pair = await openEndpointPair();
});
afterAll(() => pair.close());

/** The endpoint says what stock says, but for the deviations; returns its last answer. */
async function compare(name: string, question: Question, request?: ParityRequest): Promise<Reply> {
  const replies = await pair.ask(question, request);
  for (const [index, { ours, stock }] of replies.entries()) {
    const deviation = deviationOf(name);
    expect(ours, `time ${index + 1}`).toEqual(uncached(deviation?.from(stock) ?? stock));
    if (deviation) expect(ours, 'no deviation any more').not.toEqual(uncached(stock));
  }
  return (replies.at(-1) as (typeof replies)[number]).ours;
}

describe('the endpoint answers as stock Apollo does', () => {
  it.each(Object.entries(operations))('%s', async (name, question) => {
    await compare(name, question);
  });

  it.each(Object.entries(changes))('%s', async (name, question) => {
    // A change whose document is invalid would compare nothing.
    expect((await compare(name, question)).body).not.toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it.each(Object.entries(requests))('%s', async (name, [question, request]) => {
    await compare(name, question, request);
  });

  it('to introspection, where that is on', async () => {
    const open = await openEndpointPair({ introspection: true });
    const query = '{ __schema { types { name fields { name } } } __type(name: "Cart") { name description } }';
    for (const { ours, stock } of await open.ask({ query })) {
      expect(ours).toEqual(stock);
      expect(ours.body).toContain('"Cart"');
    }
    const [misspelt] = await open.ask({ query: '{ product(id: 1) { nam } }' });
    expect(misspelt?.ours).toEqual({ ...misspelt?.stock, status: 200 });
    expect(misspelt?.ours.body).toContain('Did you mean');
    await open.close();
  });
});

it('every deviation belongs to a question', () => {
  const asked = Object.keys({ ...operations, ...changes, ...requests });
  expect(deviating.filter((name) => !asked.includes(name))).toEqual([]);
});

it('a text in a document never becomes code', () => {
  expect(globalThis).not.toHaveProperty('injected');
});
