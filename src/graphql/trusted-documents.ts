/** The operations that a client was built with: in this mode the service runs no others. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GraphQLError } from 'graphql';
import { z } from 'zod';

const manifest = z.record(z.string(), z.string());

export interface TrustedDocuments {
  /**
   * The document of a hash: lower-case hexadecimal SHA-256 of its text, or the manifest's own key for it.
   * @throws UntrustedDocument
   */
  find(hash: string): string;
  has(document: string): boolean;
}

export class UntrustedDocument extends GraphQLError {
  constructor() {
    super('This service runs only the operations that its clients were built with.', {
      extensions: { code: 'DOCUMENT_NOT_TRUSTED', http: { status: 400 } },
    });
  }
}

/**
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
    find(hash) {
      const document = byHash.get(withoutAlgorithm(hash));
      if (document === undefined) throw new UntrustedDocument();
      return document;
    },
    has: (document) => texts.has(document),
  };
}

async function readManifest(path: string): Promise<Record<string, string>> {
  return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** `sha256:…` as codegen and the draft on persisted documents write it. */
function withoutAlgorithm(hash: string): string {
  return hash.replace(/^sha256:/, '');
}
