/**
 * An argument that is malformed, whatever the state of any cart: BAD_USER_INPUT in GraphQL, 400 in REST.
 * What depends on a cart or on the catalogue is a {@link CartError} instead.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param argument name or path of the argument, for example `input.items[2].productId`
   * @param expectation what it must be, with the limit; begins with "must"
   * @param given the value received; shown shortened
   */
  constructor(
    readonly argument: string,
    expectation: string,
    given: unknown,
  ) {
    super(`${argument} ${expectation}, but was ${shorten(given)}`);
  }
}

function shorten(given: unknown): string {
  const text = typeof given === 'string' ? JSON.stringify(given) : String(given);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
