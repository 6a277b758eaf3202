/** Times as text. */
import type { Timestamp } from './cart.ts';
import { LATEST } from './page.ts';

/** 00 to 99. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

const two = (number: number) => TWO_DIGITS[number] ?? '';

/**
 * ISO 8601 in UTC with milliseconds, as Date's own `toISOString` writes it. That takes more than a microsecond, and this a fourth of it: a cart
 * has up to four.
 */
export function isoTime(timestamp: Timestamp): string {
  const date = new Date(timestamp);
  if (!(timestamp >= 0 && timestamp <= LATEST)) return date.toISOString();
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const milliseconds = date.getUTCMilliseconds();
  return `${day}T${time}.${milliseconds < 100 ? `0${two(milliseconds)}` : milliseconds}Z`;
}
