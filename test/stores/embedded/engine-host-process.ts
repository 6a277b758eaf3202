import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import type {} from '../../support/compile-service.ts';

/** Ways in which a process can end without stopping its engine. */
export const SUDDEN_ENDS = ['exit', 'throw', 'SIGTERM', 'SIGKILL'] as const;
export type SuddenEnd = (typeof SUDDEN_ENDS)[number];

export interface EngineHost {
  pid: number;
  /** Where its engine listens. */
  address: string;
  /** Ends the process in that way; settles when it is gone. */
  end(way: SuddenEnd): Promise<void>;
}

/** Runs what engine-host.ts was bundled to; settles when its engine is ready. */
export async function startEngineHost(engine: 'postgres' | 'dynamodb', dataDir: string): Promise<EngineHost> {
  const script = join(inject('compiled'), 'engine-host.js');
  const child = spawn(process.execPath, [script, engine, dataDir], { stdio: 'pipe' });
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  const ended = once(child, 'exit');
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const first = await Promise.race([line, ended.then(() => undefined)]);
  if (!first) throw new Error(`The engine host ended early: ${errors.join('')}`);
  const end = async (way: SuddenEnd): Promise<void> => {
    if (way === 'exit' || way === 'throw') child.stdin.write(way);
    else child.kill(way);
    await ended;
  };
  return { pid: child.pid ?? 0, address: first[0], end };
}

/** Settles when nothing listens at the address any more; throws when that takes longer than 10 s. */
export async function waitUntilClosed(address: string): Promise<void> {
  const { hostname: host, port } = new URL(address);
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = createConnection({ host, port: Number(port) });
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (!open) return;
    await sleep(50);
  }
  throw new Error(`Something still listens at ${host}:${port}.`);
}

/** Calls `probe` every 20 ms until it returns true; throws after 10 s. */
export async function waitFor(what: string, probe: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await probe()) return;
    await sleep(20);
  }
  throw new Error(`Waited 10 s for ${what}.`);
}
