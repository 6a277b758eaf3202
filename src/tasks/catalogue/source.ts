/** Where a file comes from: a path, an address, or standard input. */
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes of standard input that are kept in memory where there is no disk: some 300,000 products; a task on AWS has 512 MB. */
const MOST_IN_MEMORY = 100_000_000;

/**
 * What can be read twice: before anything is changed, and then to change it. An address is asked twice, so that nothing is written where
 * there is no disk; standard input is copied, until the process ends.
 * @throws Error when standard input is too large to be kept in memory, and there is no disk
 */
export async function openSource(file: string): Promise<() => Readable> {
  if (/^https?:\/\//.test(file)) return () => Readable.from(download(file));
  if (file !== '-') return () => createReadStream(file);
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-')).catch(() => undefined);
  if (folder === undefined) return readIntoMemory(process.stdin);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const copy = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }));
  return () => createReadStream(copy);
}

export async function readIntoMemory(
  input: AsyncIterable<Buffer>,
  most = MOST_IN_MEMORY,
): Promise<() => Readable> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += chunk.length;
    if (size > most) {
      throw new Error(
        `Standard input has more than ${most} bytes, and nothing can be written to ${tmpdir()}: name a folder in TMPDIR, or give an address`,
      );
    }
    chunks.push(chunk);
  }
  return () => Readable.from(chunks);
}

/** @throws Error that names the address without its query, which may hold a signature */
async function* download(address: string): AsyncGenerator<Buffer> {
  const { origin, pathname } = new URL(address);
  const what = `The file at ${origin}${pathname}`;
  try {
    const { ok, status, body } = await fetch(address);
    if (!ok || !body) throw new Error(`the answer has status ${status}`);
    for await (const chunk of body as AsyncIterable<Uint8Array>)
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${what} cannot be read: ${cause instanceof Error ? cause.message : message}`, {
      cause: error,
    });
  }
}
