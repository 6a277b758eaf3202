/** The change may have been made or not: its answer was lost, and the cart does not tell, or not in time. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';

  /** @param cause what kept the service from finding out, if that is more than the cart's own silence */
  constructor(cause?: unknown) {
    const message = 'It is not known whether the change was made; read the cart before trying again.';
    super(message, cause === undefined ? undefined : { cause });
  }
}
