/** A request's body, and the fields in it. Fields that nobody asks for are ignored. */
import { MAX_ID } from '../cart/ids.ts';
import { InputError } from '../cart/input-error.ts';
import type { HttpRequest } from '../http/messages.ts';

/** A body in another form than plain JSON. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Largest whole number that a field takes: that of 32 bits, as in GraphQL. */
const MAX_INTEGER = 2_147_483_647;

/**
 * The body as an object.
 * @throws UnsupportedMediaType for a body that does not say it is application/json, or that is compressed
 * @throws InputError for anything but a JSON object, an empty body too
 */
export function parseJsonBody({ headers, body }: HttpRequest): JsonObject {
  if (body === '') throw new InputError('The body', 'must be a JSON object', '');
  checkMediaType(headers);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InputError('The body', 'must be valid JSON', body);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError('The body', 'must be a JSON object', body);
  }
  return value as JsonObject;
}

function checkMediaType(headers: HttpRequest['headers']): void {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json[ \t]*(;|$)/i.test(type)) {
    const given = type === '' ? 'it was not given' : `it was ${type.slice(0, 60)}`;
    throw new UnsupportedMediaType(`The Content-Type of a body must be application/json, but ${given}.`);
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType(
      `A body must not have a Content-Encoding, but it was ${encoding.slice(0, 60)}.`,
    );
  }
}

/** A customer's or product's id, a JSON number. @throws InputError unless it is a whole number from 1 to {@link MAX_ID} */
export function readId(body: JsonObject, field: string): number {
  const value = body[field];
  if (!isInteger(value) || value < 1 || value > MAX_ID) {
    throw new InputError(field, `must be a whole number from 1 to ${MAX_ID}`, describe(value));
  }
  return value;
}

/** A whole number of 32 bits; its meaning is for the rules of the cart. @throws InputError */
export function readInteger(body: JsonObject, field: string): number {
  const value = body[field];
  if (!isInteger(value) || Math.abs(value) > MAX_INTEGER) {
    throw new InputError(field, 'must be a whole number of 32 bits', describe(value));
  }
  return value;
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function describe(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
