/** The operations that a client was built with: in this mode the service runs no others. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { HttpRequest } from '../http/messages.ts';

const manifest = z.record(z.string(), z.string());

/** As much of a request as says which document it asks for. */
const reference = z.object({
  query: z.string().optional(),
  /** The draft on persisted documents of GraphQL over HTTP. */
  documentId: z.string().optional(),
  /** Apollo's protocol. */
  extensions: z.object({ persistedQuery: z.object({ sha256Hash: z.string() }).optional() }).nullish(),
});

export interface TrustedDocuments {
  /** The document that a request asks for, by its text or by a hash; undefined when it is not one of these. */
  find(request: HttpRequest, body: unknown): string | undefined;
}

/**
 * A hash is the manifest's own key for a document, or the SHA-256 of its text in lower-case hexadecimal; with or without `sha256:`.
 * @param path a JSON file of hashes and documents, as codegen's client preset writes it (persistedDocuments)
 * @throws Error that names the file when it cannot be read or is not of this form
 */
export async function loadTrustedDocuments(path: string): Promise<TrustedDocuments> {
  const documents = await readManifest(path).catch((error: unknown) => {
    const reason = error instanceof z.ZodError ? 'it must map hashes to documents' : String(error);
    throw new Error(`TRUSTED_DOCUMENTS: ${path} cannot be used: ${reason}`, { cause: error });
  });
  const byHash = new Map(Object.entries(documents).map(([key, text]) => [withoutAlgorithm(key), text]));
  const texts = new Set(byHash.values());
  for (const text of texts) byHash.set(createHash('sha256').update(text).digest('hex'), text);

  return {
    find(request, body) {
      const asked = reference.safeParse(request.method === 'GET' ? fromSearch(request.search) : body).data;
      const hash = asked?.documentId ?? asked?.extensions?.persistedQuery?.sha256Hash;
      if (hash !== undefined) return byHash.get(withoutAlgorithm(hash));
      return asked?.query !== undefined && texts.has(asked.query) ? asked.query : undefined;
    },
  };
}

async function readManifest(path: string): Promise<Record<string, string>> {
  return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** `sha256:…` as codegen and the draft on persisted documents write it. */
function withoutAlgorithm(hash: string): string {
  return hash.startsWith('sha256:') ? hash.slice('sha256:'.length) : hash;
}

function fromSearch(search: string): unknown {
  const { extensions, ...rest } = Object.fromEntries(new URLSearchParams(search));
  if (extensions === undefined) return rest;
  try {
    return { ...rest, extensions: JSON.parse(extensions) as unknown };
  } catch {
    return undefined;
  }
}
