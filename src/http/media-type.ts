/**
 * What a request's headers say of its body. GraphQL and REST read JSON in UTF-8 and nothing else. Forms and plain text are
 * not only useless: a page of any site can make a browser send them here without asking first.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { quote } from '../cart/input-error.ts';

/** Longest Content-Type and Accept that are looked at: some parsers take time by the square of it. Browsers send some 150. */
export const LONGEST_MEDIA_TYPES = 1_000;

/** Why the body cannot be read, for people; undefined for JSON in UTF-8, not compressed. */
export function mediaTypeProblem(headers: IncomingHttpHeaders): string | undefined {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = headers;
  if (!isJson(type)) {
    return `The Content-Type must be application/json in UTF-8, but ${type ? `was ${quote(type)}` : 'was not given'}.`;
  }
  if (encoding.toLowerCase() === 'identity') return undefined;
  return `The body must not be compressed, but its Content-Encoding was ${quote(encoding)}.`;
}

/** `application/json` with any parameters, as long as a `charset` among them is UTF-8. */
function isJson(type = ''): boolean {
  if (type === 'application/json') return true;
  if (type.length > LONGEST_MEDIA_TYPES) return false;
  const [essence = '', ...parameters] = type.split(';');
  return essence.trim().toLowerCase() === 'application/json' && parameters.every(isHarmless);
}

function isHarmless(parameter: string): boolean {
  const [name = ''] = parameter.split('=', 1);
  return (
    name.trim().toLowerCase() !== 'charset' || /^"?utf-?8"?$/i.test(parameter.slice(name.length + 1).trim())
  );
}
