import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTrustedDocuments } from '../../src/graphql/trusted-documents.ts';
import * as op from '../generated/graphql.ts';
import { openApi } from '../api/api-client.ts';

const manifest = new URL('../generated/persisted-documents.json', import.meta.url).pathname;

describe('with trusted documents', () => {
  const api = openApi('postgres', { env: { TRUSTED_DOCUMENTS: manifest } });
  const post = async (body: object) => {
    const answer = await fetch(`${api.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables: { id: 1 }, ...body }),
    });
    return { status: answer.status, ...((await answer.json()) as { data?: unknown; errors?: unknown }) };
  };
  const hash = String(op.GetProductDocument.__meta__?.['hash']);
  const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

  it('runs what codegen wrote into the manifest, by its hash or its text', async () => {
    const texts = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, string>;
    for (const body of [{ documentId: hash }, byHash(hash.replace('sha256:', '')), { query: texts[hash] }]) {
      expect(await post(body)).toMatchObject({ status: 200, data: { product: { name: 'Widget Alpha' } } });
    }
  });

  it('runs nothing else, and registers nothing', async () => {
    const refused = { status: 400, errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] };
    for (const body of [
      { query: '{ __typename }' },
      { query: '{ __schema { types { name } } }' },
      { documentId: 'sha256:00' },
      { documentId: '__proto__' },
      byHash('00'),
      { query: 'not even GraphQL' },
    ]) {
      expect(await post(body)).toMatchObject(refused);
    }
  });
});

describe('a manifest', () => {
  it('that cannot be used stops the start and is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartwright-test-'));
    const file = join(folder, 'manifest.json');
    await expect(loadTrustedDocuments(file)).rejects.toThrow(
      `TRUSTED_DOCUMENTS: ${file} cannot be used: Error: ENOENT`,
    );
    for (const content of ['[]', '{"a": 1}', 'no JSON']) {
      await writeFile(file, content);
      await expect(loadTrustedDocuments(file)).rejects.toThrow('TRUSTED_DOCUMENTS: ');
    }
    await rm(folder, { recursive: true });
  });
});
