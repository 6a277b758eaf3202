/** Whether two answers to one request are the same. */
import type { Answer, ToldError } from './answer.ts';
import type { Timing } from './timing.ts';

/** @returns what differs, in a line or some, or undefined */
export function differenceOf(expected: Answer, actual: Answer, timing: Timing): string | undefined {
  if (expected.thrown !== actual.thrown) return tell('thrown', expected.thrown, actual.thrown);
  if (expected.data !== actual.data) return tell('data', expected.data, actual.data);
  if (timing === 'ticks') {
    return (
      errorsBelowNulls(expected, actual) ??
      firstOther('call of a root field', expected.calls.filter(isRoot), actual.calls.filter(isRoot))
    );
  }
  return (
    firstOther('error', expected.errors.map(textOf), actual.errors.map(textOf)) ??
    firstOther('call', expected.calls, actual.calls)
  );
}

/** Root fields run in the document's order whatever settles when; those of a mutation one after the other. */
const isRoot = (call: string): boolean => /^[^./ ]+\(/.test(call);

const textOf = ({ text }: ToldError): string => text;

function firstOther(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
): string | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index += 1) {
    if (expected[index] !== actual[index]) return tell(`${what} ${index}`, expected[index], actual[index]);
  }
  return undefined;
}

function tell(what: string, expected: string | undefined, actual: string | undefined): string {
  const shown = (text: string | undefined) => String(text).slice(0, 2_000);
  return `${what}\n  graphql-js: ${shown(expected)}\n  ours:       ${shown(actual)}`;
}

/**
 * For answers whose promises settled by themselves. Every null still has its error, and there are no others; but where an
 * error has nulled more than its own place, other errors below the same null are kept or dropped as they came before or
 * after it, which no specification orders. So there it is enough that each executor has one.
 */
function errorsBelowNulls(expected: Answer, actual: Answer): string | undefined {
  const data = expected.data === undefined ? undefined : (JSON.parse(expected.data) as unknown);
  const theirs = byNull(expected.errors, data);
  const ours = byNull(actual.errors, data);
  // An error that says itself where it is does not tell which null it made: it may stand for any of those below a null.
  const stray = theirs.has(ASTRAY) || ours.has(ASTRAY);
  if (!stray) return firstOther('error', [...theirs].sort(), [...ours].sort());
  const isOwn = (text: string) => text !== ASTRAY && !text.startsWith(BELOW);
  return firstOther('error', [...theirs].filter(isOwn).sort(), [...ours].filter(isOwn).sort());
}

const BELOW = 'errors below';
const ASTRAY = 'an error with a place of its own making';

/** An error of the null's own place as it is; of those below it only that there are some. */
function byNull(errors: readonly ToldError[], data: unknown): Set<string> {
  const told = new Set<string>();
  for (const { path, text } of errors) {
    if (path === undefined) told.add(text);
    else if (leadsAstray(path, data)) told.add(ASTRAY);
    else {
      const depth = depthOfNull(path, data);
      told.add(depth === path.length ? text : `${BELOW} ${path.slice(0, depth).join('.')}`);
    }
  }
  return told;
}

/** Whether there is nothing in the answer where the path begins. */
function leadsAstray([first]: readonly (string | number)[], data: unknown): boolean {
  return typeof data === 'object' && data !== null && first !== undefined && !(first in data);
}

/** How many steps of the path lead to the null that the error has made. */
function depthOfNull(path: readonly (string | number)[], data: unknown): number {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === null || typeof value !== 'object') return depth;
    value = (value as Record<string | number, unknown>)[step];
  }
  return path.length;
}
