/** The files that a page of the documentation shows, each under the name in its first line. */
import { readFile } from 'node:fs/promises';

const BLOCK = /^```(?:tsx?|json|graphql)\n(?:\/\/|#) (\S+\.\S+)\n([^]*?)^```$/gm;

/** @param page from the root of the project */
export async function filesOf(page: string): Promise<Map<string, string>> {
  const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
  return new Map([...text.matchAll(BLOCK)].map(([, name = '', code = '']) => [name, code]));
}
