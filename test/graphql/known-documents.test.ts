/** What is remembered of documents, however clients send them. */
import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createGraphQLEndpoint } from '../../src/graphql/graphql-endpoint.ts';
import { createKnownDocuments } from '../../src/graphql/known-documents.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import type { HttpRequest } from '../../src/http/messages.ts';
import { RequestSignal } from '../../src/http/request-signal.ts';
import { createLog } from '../../src/process/log.ts';
import { limits, openParityData } from '../support/parity-data.ts';

const documentOf = (name: string, tokens = 6) => {
  const text = `{ ${name}: a ${'b '.repeat(tokens - 6)}}`;
  return { key: `key of ${text}`, text, document: parse(text) };
};

it('keeps no document longer by one of its names than by the other', async () => {
  const { find, valid } = createKnownDocuments();
  const documents = Array.from({ length: 60 }, (_, index) => documentOf(`x${index}`, 2_000));
  for (const { key, document } of documents) await valid.set(key, document);
  const kept = documents.filter(({ text }) => find(text));
  expect(kept).toEqual(documents.slice(-24));
  for (const { key, text, document } of documents) expect(await valid.get(key)).toBe(find(text) && document);
});

it('takes a document that two requests have parsed at once for one', async () => {
  const { find, valid } = createKnownDocuments();
  const [{ key, text, document: first }, { document: second }] = [documentOf('x'), documentOf('x')];
  await valid.set(key, first);
  await valid.set(key, second);
  expect(find(text)).toBe(second);
  expect(await valid.get(key)).toBe(second);
  await valid.delete(key);
  expect([find(text), await valid.get(key)]).toEqual([undefined, undefined]);
});

it('keeps nothing of a document that is too large', async () => {
  const { find, valid } = createKnownDocuments();
  const { key, text, document } = documentOf('x', 60_000);
  await valid.set(key, document);
  expect([find(text), await valid.get(key)]).toEqual([undefined, undefined]);
});

it('counts what is kept beside a short text', async () => {
  const { registered } = createKnownDocuments();
  for (let index = 0; index < 20_000; index += 1) await registered.set(`hash ${index}`, '{ a }');
  expect(await registered.get('hash 0')).toBeUndefined();
  expect(await registered.get('hash 19999')).toBe('{ a }');
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** MB that are still held when the work is done. */
async function heldBy(work: () => Promise<void>): Promise<number> {
  const used = () => (collect(), process.memoryUsage().heapUsed / 1e6);
  const before = used();
  await work();
  return used() - before;
}

it('holds no address by which a document came', async () => {
  const endpoint = await createGraphQLEndpoint({
    ...(await openParityData()),
    schema: createSchema(),
    introspection: false,
    limits,
    log: createLog('silent'),
  });
  const get = async (index: number) => {
    const query = `{a${index}:__typename}`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash } }));
    const url = Buffer.from(`?query=${query}&extensions=${extensions}&more=${'x'.repeat(20_000)}`).toString();
    const { body } = await endpoint.handle({
      method: 'GET',
      path: '/graphql',
      search: url,
      headers: { 'apollo-require-preflight': 'true' },
      body: '',
      viewer: { kind: 'staff' },
      requestId: 'r',
      signal: new RequestSignal(new AbortController().signal),
    } satisfies HttpRequest);
    expect(body).toBe(`{"data":{"a${index}":"Query"}}\n`);
  };
  await get(0);
  const held = await heldBy(async () => {
    for (let index = 1; index <= 1_500; index += 1) await get(index);
  });
  // Some 4 KB each; the addresses would be 30 MB.
  expect(held).toBeLessThan(20);
  await endpoint.close();
});
