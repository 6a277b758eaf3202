import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcesses } from '../../src/stores/embedded/engine-orphans.ts';

/** The processes of the engine that a service started on a data folder, the one that listens first. */
export async function engineOf(type: string, dataDir: string) {
  if (type === 'dynamodb') return findProcesses('dynoxide', dataDir);
  // Its first process is named after the folder's lock.
  const { dev, ino } = await stat(join(dataDir, 'postgres'), { bigint: true });
  const key = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16);
  return findProcesses('postgres', `cluster_name=cartwright-${key}`);
}
