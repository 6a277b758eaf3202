/** A database engine of a test's own: it can be killed, and its disk filled. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedDynamoDB } from '../../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../../src/stores/embedded/postgres.ts';
import { engineOf } from '../../process/engine-of.ts';
import type { StoreType } from '../../support/store-types.ts';

export interface OwnEngine {
  /** `postgres://…` or `http://…`. */
  readonly address: string;
  /** Ends it as a crash does; it is started again on the same data and port by what watches over it. */
  kill(): Promise<void>;
  /** Fills its disk for a moment; absent where this user may not mount one. */
  readonly fill: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

/** Of its disk, which is memory: what an empty PostgreSQL takes, and room for a test. */
const MEGABYTES = 192;

/** Milliseconds that it is full. */
const FULL = 300;

export async function startOwnEngine(type: StoreType): Promise<OwnEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-engine-'));
  const mounted = run('mount', '-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=755`, 'tmpfs', folder);
  const remove = async () => {
    if (mounted) run('umount', folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const dataDir = join(folder, type);
  const { address, close } = await start(type, dataDir).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    address,
    async kill() {
      process.kill((await engineOf(type, folder))[0]?.pid ?? NaN, 'SIGKILL');
    },
    fill: mounted ? () => fill(join(folder, 'filler')) : undefined,
    async close() {
      await close();
      await remove();
    },
  };
}

async function start(type: StoreType, dataDir: string) {
  if (type === 'postgres') {
    // Durable: without synchronous_commit a server that is killed loses what it has acknowledged, as these histories have shown.
    const { url: address, close } = await startEmbeddedPostgres({ dataDir });
    return { address, close };
  }
  const { endpoint: address, close } = await startEmbeddedDynamoDB({ dataDir });
  return { address, close };
}

function run(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const zeros = Buffer.alloc(1 << 20); ;) await handle.write(zeros);
  } catch {
    await sleep(FULL);
  } finally {
    await handle.close();
    await rm(file);
  }
}
