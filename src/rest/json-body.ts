/** A request's body: JSON that has the shape it must have, and says exactly what is understood. */
import type { z } from 'zod';
import { InputError, quote } from '../cart/input-error.ts';
import { countValues, endOfString, MOST_VALUES } from '../http/json-size.ts';

type Shape = z.ZodObject<z.core.$ZodLooseShape, z.core.$strict>;

const TOO_MANY = `must have at most ${MOST_VALUES} values and names`;

/** @throws InputError for anything but JSON of this shape, an empty body too */
export function parseBody<Of extends Shape>(body: string, shape: Of): z.output<Of> {
  const count = countValues(body);
  if (count > MOST_VALUES) throw new InputError('The body', TOO_MANY, count);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InputError('The body', body === '' ? 'must be a JSON object' : 'must be valid JSON', body);
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw toInputError(parsed.error, value, body, shape);
  checkAsWritten(body);
  return parsed.data;
}

function toInputError(
  { issues, message }: z.ZodError,
  value: unknown,
  body: string,
  shape: Shape,
): InputError {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    const [name = ''] = unknown.keys;
    const known = Object.keys(shape.shape).join(', ') || 'none';
    const where = unknown.path.length > 0 ? ` of ${pathOf(unknown.path)}` : '';
    const expectation = where === '' ? `must not be there (known: ${known})` : 'must not be there';
    const given = at(value, [...unknown.path, name]);
    return new InputError(`The property ${quote(name)}${where}`, expectation, given);
  }
  const [issue] = issues;
  const path = issue?.path ?? [];
  const expectation = issue?.message ?? message;
  if (path.length === 0) return new InputError('The body', expectation, body);
  return new InputError(pathOf(path), expectation, at(value, path));
}

/** `attributes[2].key` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Record<PropertyKey, unknown>)[step], value);
}

/** A point, and the decimal digits that a binary fraction of 64 bits always tells apart; as many as the largest id has. */
const LONGEST_NUMBER = 16;

const NUMBER = /^-?\d[\d.eE+-]*/;

/**
 * JSON.parse takes the last of several properties of one name, and the next binary fraction: 0.99999999999999999 is 1 to
 * it. A client that sends these means something else.
 * @param body valid JSON
 */
function checkAsWritten(body: string): void {
  /** Names so far, of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let name = '';
  for (let start = 0; start < body.length; start += 1) {
    const character = body[start] as string;
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(body, start);
      if (isName(body, end)) {
        name = JSON.parse(body.slice(start, end + 1)) as string;
        const names = open.at(-1);
        if (names?.has(name)) throw new InputError('The body', 'must have each property once', body);
        names?.add(name);
      }
      start = end;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      start += checkNumber(body.slice(start, start + LONGEST_SHOWN), name) - 1;
    }
  }
}

/** Characters of a number that are looked at: no longer one is taken. */
const LONGEST_SHOWN = 100;

/** Whether a string is the name of a property: a colon comes next. @param end of the string */
function isName(body: string, end: number): boolean {
  let next = end + 1;
  while (body.charCodeAt(next) <= 0x20) next += 1;
  return body[next] === ':';
}

/** @returns the characters of the number */
function checkNumber(text: string, name: string): number {
  const [written = ''] = NUMBER.exec(text) ?? [];
  const [digits = ''] = written.split(/e/i, 1);
  if (digits.length > LONGEST_NUMBER) {
    throw new InputError(name, `must have at most ${LONGEST_NUMBER - 1} digits`, written);
  }
  return written.length;
}
