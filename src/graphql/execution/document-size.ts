/** What a parsed document takes in memory, its text included. */
import type { DocumentNode } from 'graphql';

/** Characters, blanks and comments among them, that take as much as a token. */
const CHARACTERS = 250;

/** @returns a number of tokens, each of which takes some 500 bytes with its nodes */
export function sizeOf({ loc }: DocumentNode): number {
  if (!loc) return 1;
  let tokens = 1;
  for (let token = loc.startToken; token.next; token = token.next) tokens += 1;
  return tokens + Math.floor(loc.source.body.length / CHARACTERS);
}
