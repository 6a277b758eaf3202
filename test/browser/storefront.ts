/** `npm run storefront` as a process of its own, on a store and a folder of the test's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreType } from '../support/test-app.ts';

export interface Storefront {
  readonly url: string;
  /** @throws Error when anything of it still answers once npm has ended */
  close(): Promise<void>;
}

export async function startStorefront(type: StoreType): Promise<Storefront> {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-storefront-'));
  const port = String(await freePort());
  const env = { ...process.env, CART_STORE_TYPE: type, DATA_DIR: folder, PORT: port };
  const child = spawn('npm', ['run', 'storefront'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const close = async (urls: readonly string[] = []) => {
    child.kill('SIGTERM');
    await ended;
    for (const url of urls) {
      const answers = await fetch(url).then(
        () => true,
        () => false,
      );
      if (answers) throw new Error(`npm has ended, and ${url} still answers.`);
    }
    // The database ends a moment after npm, and writes until then.
    await rm(folder, { recursive: true, maxRetries: 40, retryDelay: 250 });
  };
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const [, url, service] = /The shop is at (\S+), .* at (\S+)\n/.exec(printed) ?? [];
    if (url === undefined || service === undefined) continue;
    const isThere = new URL(url).port === port;
    if (isThere) return { url, close: () => close([url, service]) };
    await close([url, service]);
    throw new Error(`The shop is at ${url}, and not at port ${port}.`);
  }
  await close();
  throw new Error(`The storefront has ended: ${printed}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
