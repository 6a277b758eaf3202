/** That no answer is longer than it may be, and no list of errors; within its bounds it is the same answer. */
import type { Answer, Bounds } from './answer.ts';
import { createDice } from '../../support/dice.ts';
import type { Timing } from './timing.ts';

/** Some bounds that the answer breaks, one that it just keeps, for a part of the requests. */
export function* boundsFor({ data, errors }: Answer, seed: string): Generator<Bounds> {
  const dice = createDice(`${seed}/bounds`);
  if (data === undefined || !dice.chance(0.2)) return;
  yield {
    maxLength: Math.max('null'.length, dice.pick([data.length, data.length - 1, dice.below(data.length)])),
  };
  if (errors.length > 0) yield { maxErrors: 1 + dice.below(errors.length) };
}

/**
 * @param isExact no field may have a value that JSON has no word for: the names of those count, and are left out
 * @returns which bound is broken, or undefined
 */
export function brokenBound(
  whole: Answer,
  within: Answer,
  { maxLength, maxErrors }: Bounds,
  timing: Timing,
  isExact: boolean,
): string | undefined {
  if (maxLength !== undefined) {
    if (within.thrown?.startsWith('AnswerTooLong')) {
      // Text counts although a null took its place afterwards, so only an answer without errors must come through.
      const fits = isExact && whole.errors.length === 0 && (whole.data ?? '').length <= maxLength;
      return fits
        ? `an answer of ${String(whole.data?.length)} characters is too long for ${maxLength}`
        : undefined;
    }
    const length = within.data?.length ?? 0;
    return length > maxLength ? `${length} characters where at most ${maxLength} are allowed` : undefined;
  }
  if (maxErrors === undefined || timing === 'ticks') return undefined;
  const told = within.errors.map(({ text }) => text);
  const all = whole.errors.map(({ text }) => text);
  if (told.length > maxErrors) return `${told.length} errors where at most ${maxErrors} are allowed`;
  if (within.data !== whole.data)
    return `other data with at most ${maxErrors} errors: ${String(within.data)}`;
  if (told.length + within.errorsLeftOut !== all.length)
    return `${within.errorsLeftOut} of ${all.length} errors left out`;
  return told.every((text, index) => text === all[index]) ? undefined : `other errors: ${told.join(' ')}`;
}
