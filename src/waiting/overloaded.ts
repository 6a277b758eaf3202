/** Too many wait for the database: what was asked for was not begun, and may be asked for again. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';

  /** @param cause what was waited for in vain */
  constructor(cause?: unknown) {
    super('Too many requests wait for the database at the moment. Nothing was done; try again in a second.', {
      cause,
    });
  }
}
