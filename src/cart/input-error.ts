/**
 * An argument that is malformed, whatever the state of any cart: BAD_USER_INPUT in GraphQL, 400 in REST.
 * What depends on a cart or on the catalogue is a {@link CartError} instead.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param argument name or path of the argument, for example `input.items[2].productId`
   * @param expectation what it must be, with the limit; begins with "must"
   * @param given the value received; shown shortened, see {@link quote}
   */
  constructor(
    readonly argument: string,
    expectation: string,
    given: unknown,
  ) {
    super(`${argument} ${expectation}, but was ${quote(given)}`);
  }
}

/** Characters that are shown of a value. */
const SHOWN = 60;

/**
 * A value that a client sent, for a message: one short line, whatever it is. Of text the beginning, with everything
 * escaped that is no visible character; of lists and objects, which may be nested thousands deep, only what they are.
 */
export function quote(given: unknown): string {
  if (given === undefined) return 'not given';
  if (Array.isArray(given)) return 'a list';
  if (typeof given === 'object') return given === null ? 'null' : 'an object';
  if (typeof given !== 'string') return typeof given === 'number' ? String(given) : JSON.stringify(given);
  const shown = JSON.stringify(given.slice(0, SHOWN)).replace(INVISIBLE, escape);
  return given.length > SHOWN ? `${shown}…` : shown;
}

/** Control and format characters, among them those that turn the direction of a line, and what ends a line. */
// eslint-disable-next-line no-restricted-syntax -- the braces are names of properties: nothing here is repeated
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
