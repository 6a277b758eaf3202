/** Values as JSON text. */

/** What JSON writes with a backslash: quotes, backslashes, control characters, and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex -- these are the characters meant
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A value that JSON does not have, such as a function: left out of objects, as JSON.stringify does. */
export const ABSENT = '';

/** Finding that a string needs no escape is cheaper than JSON.stringify. */
export function textToJson(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** The text that JSON.stringify would give. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') return textToJson(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const text: unknown = JSON.stringify(value);
  return typeof text === 'string' ? text : ABSENT;
}
