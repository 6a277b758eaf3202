/** Whether a file can be text in UTF-8 at all. What is no UTF-8 within it, its rows tell. */

/** The bytes as they come. @throws Error for a file in UTF-16: with its mark at the beginning, or with bytes of 0 */
export async function* checkEncoding(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of source) {
    if (first && (isMarked(chunk) || chunk.subarray(0, LOOKED_AT).includes(0))) {
      throw new Error(
        'The file is not in UTF-8 but, as it looks, in UTF-16: save it in UTF-8. Nothing was read of it',
      );
    }
    first = false;
    yield chunk;
  }
}

/** Every file begins with ASCII: a name, a quotation mark or a brace. A byte of 0 further on is a fault of its row. */
const LOOKED_AT = 4;

function isMarked(chunk: Buffer): boolean {
  const mark = chunk.length < 2 ? 0 : chunk.readUInt16BE(0);
  return mark === 0xfffe || mark === 0xfeff;
}
