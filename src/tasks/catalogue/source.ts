/** Where a file comes from. */
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What can be read twice: before anything is changed, and then to change it. Standard input is copied for it until the process ends. */
export async function openSource(file: string): Promise<() => Readable> {
  if (file !== '-') return () => createReadStream(file);
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const copy = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }));
  return () => createReadStream(copy);
}
