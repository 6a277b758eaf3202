/** Which line a byte of a file stands in. The bytes come in chunks, and those that were asked about are let go. */
export interface LineCounter {
  push(chunk: Buffer): void;
  /** @param offset of a byte, from 0; not before one that was asked about @returns its line, from 1 */
  at(offset: number): number;
  /** The highest offset that was asked about. */
  asked(): number;
  /** Bytes that came behind it. */
  ahead(): number;
}

const [CR, LF] = [13, 10];

export function createLineCounter(): LineCounter {
  const chunks: Buffer[] = [];
  /** Offset of the first byte that is not counted yet, of the first chunk, and of the end. */
  let [next, first, end] = [0, 0, 0];
  let line = 1;
  /** Whether the byte before `next` ends a line, which belongs to that line itself. */
  let [afterCr, afterLf] = [false, false];

  function count(byte: number): void {
    // Of \r\n both are of the line that they end.
    if (afterLf || (afterCr && byte !== LF)) line += 1;
    afterCr = byte === CR;
    afterLf = byte === LF;
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      end += chunk.length;
    },
    at(offset) {
      while (next <= offset && next < end) {
        const chunk = chunks[0] as Buffer;
        const stop = Math.min(offset + 1 - first, chunk.length);
        for (let at = next - first; at < stop; at += 1) count(chunk[at] as number);
        next = first + stop;
        if (stop === chunk.length) {
          first += chunk.length;
          chunks.shift();
        }
      }
      return line;
    },
    asked: () => next - 1,
    ahead: () => end - next,
  };
}
