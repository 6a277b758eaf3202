/** No request, however it is put together, is a fault of the service. FUZZ_SEED repeats an earlier run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApi } from '../api/api-client.ts';
import { envelopes, type Envelope } from './envelopes.ts';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 500);
const SEED = process.env['FUZZ_SEED'];

describe('requests of any shape', () => {
  const api = openApi('postgres', { products: 3 });

  async function send({ method, search, body }: Envelope) {
    const answer = await fetch(`${api.app.url}/graphql${search}`, {
      method,
      headers: { 'content-type': 'application/json', 'apollo-require-preflight': '1' },
      ...(body !== undefined && { body }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  it('are answered or refused, and no fault', async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(envelopes, async (envelope) => {
        const { status, text } = await send(envelope);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect(status, text).toBeLessThan(500);
        expect(text).not.toContain('INTERNAL_SERVER_ERROR');
        expect(text.length).toBeLessThan(30_000);
      }),
      { numRuns: REQUESTS, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
    for (const status of [200, 400]) expect(seen.get(status), `${status}`).toBeGreaterThan(0);
  }, 600_000);

  it.each([
    null,
    [],
    'text',
    1,
    { persistedQuery: null },
    { persistedQuery: [] },
    { persistedQuery: 'text' },
    { persistedQuery: 1 },
    { persistedQuery: { version: 1 } },
    { persistedQuery: { version: 1, sha256Hash: null } },
    { persistedQuery: { version: 1, sha256Hash: 5 } },
    { persistedQuery: { version: 1, sha256Hash: {} } },
    { persistedQuery: { version: 1, sha256Hash: 'not hexadecimal' } },
    { persistedQuery: { version: 2, sha256Hash: 'a'.repeat(64) } },
    { persistedQuery: { version: '1', sha256Hash: 'a'.repeat(64) } },
  ])('extensions %j without a text are no operation', async (extensions) => {
    const { status, text } = await send({ method: 'POST', search: '', body: JSON.stringify({ extensions }) });
    const { errors } = JSON.parse(text) as { errors: [{ extensions: { code: string } }] };
    expect(errors[0].extensions.code).toMatch(/^(BAD_REQUEST|PERSISTED_QUERY_NOT_FOUND)$/);
    expect(status).toBe(errors[0].extensions.code === 'BAD_REQUEST' ? 400 : 200);
  });
});
