/** DynamoDB's batches may leave entries undone, when they are throttled or their answer would be too large. */
import { pause, type Signal } from '../../waiting/abortable.ts';

/** Milliseconds: the longest first pause, doubled with each answer without progress up to the longest of all. */
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 1000;
/** After so many answers in a row that did nothing the batch is given up. */
const MOST_IDLE_ANSWERS = 8;

const never = new AbortController().signal;

/**
 * Sends the entries, then again those that were left undone, until none is.
 * @param send resolves to the entries left undone
 * @throws Error when DynamoDB does nothing at all several times in a row; the signal's reason
 */
export async function sendUntilProcessed<Entry>(
  entries: readonly Entry[],
  send: (entries: readonly Entry[]) => Promise<readonly Entry[]>,
  signal: Signal = never,
): Promise<void> {
  let left = await send(entries);
  let before = entries.length;
  for (let idle = 0; left.length > 0;) {
    idle = left.length < before ? 0 : idle + 1;
    if (idle >= MOST_IDLE_ANSWERS) {
      throw new Error(`DynamoDB left all ${left.length} entries of a batch undone ${idle} times: throttled`);
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** idle), signal);
    before = left.length;
    left = await send(left);
  }
}

/** The entries in lists of `size`, the last one shorter. */
export function chunksOf<Entry>(entries: readonly Entry[], size: number): Entry[][] {
  const chunks: Entry[][] = [];
  for (let at = 0; at < entries.length; at += size) chunks.push(entries.slice(at, at + size));
  return chunks;
}
