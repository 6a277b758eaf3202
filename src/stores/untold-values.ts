/** Errors of drivers whose words may hold what a client wrote: an id, a text, a number. */

/**
 * Takes an error's words from it, its stack's too, and leaves the frames of the stack. Whoever knows the driver knows by the kind of
 * error which ones those are; no pattern can tell an id, which is any text, from other words.
 * @param instead what is said in their place
 */
export function withoutWords(error: Error, instead: string): void {
  const { message, stack } = error;
  const at = stack?.indexOf('\n    at ', Math.max(0, stack.indexOf(message)) + message.length) ?? -1;
  error.message = instead;
  error.stack = `${error.name}: ${instead}${stack !== undefined && at >= 0 ? stack.slice(at) : ''}`;
}
