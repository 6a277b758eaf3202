/** The two ways in which a token can fail to say who is asking. */

/**
 * The request carries a token that is not to be believed: 401, never "then as a guest". The message is plain ASCII without
 * quotation marks, since it stands in a header too.
 */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';

  /** The value of the answer's WWW-Authenticate header (RFC 6750). */
  get challenge(): string {
    return `Bearer realm="cartwright", error="invalid_token", error_description="${this.message}"`;
  }
}

/** The keys that tokens are checked with cannot be had at the moment: 503, since the token may be good. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';

  constructor(options: ErrorOptions) {
    super('Tokens cannot be checked at the moment.', options);
  }
}
