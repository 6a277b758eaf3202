/** A request's body: JSON that has the shape it must have, and says exactly what is understood. */
import type { z } from 'zod';
import { InputError, quote } from '../cart/input-error.ts';
import { countValues, MOST_VALUES } from '../http/json-size.ts';

/** An object of numbers, some of which may be null or absent: all that the routes are sent. */
type FlatShape = z.ZodObject<
  Record<string, z.ZodType<number | null | undefined, number | null | undefined>>,
  z.core.$strict
>;

const TOO_MANY = `must have at most ${MOST_VALUES} values and names`;

/** @throws InputError for anything but JSON of this shape, an empty body too */
export function parseBody<Shape extends FlatShape>(body: string, shape: Shape): z.output<Shape> {
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
  checkAsWritten(body, parsed.data);
  return parsed.data;
}

function toInputError(
  { issues, message }: z.ZodError,
  value: unknown,
  body: string,
  shape: FlatShape,
): InputError {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const [name = ''] = issue.keys;
    const known = Object.keys(shape.shape).join(', ') || 'none';
    const given = (value as Record<string, unknown>)[name];
    return new InputError(`The property ${quote(name)}`, `must not be there (known: ${known})`, given);
  }
  const [issue] = issues;
  const [name] = issue?.path ?? [];
  const expectation = issue?.message ?? message;
  if (name === undefined) return new InputError('The body', expectation, body);
  return new InputError(String(name), expectation, (value as Record<PropertyKey, unknown>)[name]);
}

/** A point, and the decimal digits that a binary fraction of 64 bits always tells apart. */
const LONGEST_NUMBER = 16;

/**
 * JSON.parse takes the last of several properties of one name, and the next binary fraction: 0.99999999999999999 is 1 to
 * it. A client that sends these means something else.
 * @param object what the whole body means: numbers and null, so that all quotation marks are those of names
 */
function checkAsWritten(body: string, object: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(object);
  const parts = body.split('"', 2 * names.length + 2);
  if (parts.length !== 2 * names.length + 1) {
    throw new InputError('The body', 'must have each property once', body);
  }
  names.forEach((name, index) => {
    const written = parts[2 * index + 2]?.replace(/[\s:,}]/g, '') ?? '';
    const [digits = ''] = written.split(/e/i, 1);
    if (digits.length > LONGEST_NUMBER) {
      throw new InputError(name, `must have at most ${LONGEST_NUMBER - 1} digits`, written);
    }
  });
}
