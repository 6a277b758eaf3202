/** Smaller documents that still tell two executors apart. */
import { parse, print, type ASTNode } from 'graphql';
import { tryOut, type Difference, type Parties } from './trial.ts';

/** Most attempts: a document of 1 KB has some hundred parts, and each that goes makes the next round shorter. */
const ATTEMPTS = 1500;

/** Cuts away whatever can go. What resolvers do hangs on their place alone, so the rest behaves as before. */
export async function shrink(parties: Parties, found: Difference): Promise<Difference> {
  let least = found;
  let left = ATTEMPTS;
  for (let smaller: Difference | undefined = found; smaller && left > 0;) {
    smaller = undefined;
    for (const trial of smallerTrials(least)) {
      if ((left -= 1) < 0) break;
      smaller = await tryOut(parties, trial);
      if (smaller) break;
    }
    if (smaller) least = smaller;
  }
  return least;
}

function* smallerTrials({ trial, request }: Difference): Generator<Difference['trial']> {
  for (const node of without(parse(trial.document, { noLocation: true }))) {
    const document = textOf(node as ASTNode);
    if (document !== undefined && document.length < trial.document.length) yield { ...trial, document };
  }
  const variables = JSON.parse(request.variables ?? '{}') as Record<string, unknown>;
  for (const name of Object.keys(variables)) {
    const rest = Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name));
    yield { ...trial, requests: [{ ...request, variables: JSON.stringify(rest) }] };
  }
  if (request.faults > 0) yield { ...trial, requests: [{ ...request, faults: 0 }] };
}

/** The document with one part less, for each of its parts, the large ones first. */
function* without(node: unknown): Generator {
  if (Array.isArray(node)) {
    const parts = node as readonly { selectionSet?: { selections: unknown[] } }[];
    for (const index of parts.keys()) yield parts.toSpliced(index, 1);
    for (const [index, part] of parts.entries()) {
      if (part.selectionSet)
        yield parts.toSpliced(index, 1, ...(part.selectionSet.selections as typeof parts));
      for (const less of without(part)) yield parts.with(index, less as (typeof parts)[number]);
    }
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      for (const less of without(value)) yield { ...node, [key]: less };
    }
  }
}

/** undefined for what is no document any more, such as a selection of nothing. */
function textOf(node: ASTNode): string | undefined {
  try {
    const text = print(node);
    parse(text);
    return text;
  } catch {
    return undefined;
  }
}
