/** A file of bytes as lines, whatever characters are within them: only \n ends a line, where \r may stand before it. */

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; undefined for one that is too long. What is no UTF-8 is U+FFFD. */
  readonly text: string | undefined;
}

const [CR, LF] = [13, 10];

/** @param most bytes of a line */
export async function* splitLines(chunks: AsyncIterable<Buffer>, most: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let size = 0;
  function add(part: Buffer): void {
    size += part.length;
    if (size > most) parts = [];
    else parts.push(part);
  }
  function take(): Line {
    const bytes = Buffer.concat(parts);
    const text = bytes.toString('utf8', 0, bytes.at(-1) === CR ? bytes.length - 1 : bytes.length);
    const line = { number, text: size > most ? undefined : text };
    [parts, size] = [[], 0];
    number += 1;
    return line;
  }
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}
