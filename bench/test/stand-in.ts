/** What the measuring instrument is tested against: a service on a store in memory. And where its tests put their files. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { launch, type RunningProgram } from '../processes/launch.ts';

export const startStandIn = (): Promise<RunningProgram> =>
  launch({
    name: 'the stand-in',
    node: ['--import', 'tsx', 'bench/performance/programs/service-memory.ts'],
    env: {
      PATH: process.env['PATH'],
      CART_STORE_TYPE: 'memory',
      LOG_LEVEL: 'error',
      ALLOW_UNAUTHENTICATED: 'true',
    },
    readyPath: '/health',
  });

/** For the tests of a file; removed after them. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cartwright-bench-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
