/**
 * Request units by DynamoDB's rules. Reads are counted in steps of 4 KB, writes in steps of 1 KB (1 KB = 1,024
 * bytes), each request at least one step.
 */

export type ReadKind = 'eventual' | 'strong' | 'transactional';

const READ_STEP = 4096;
const WRITE_STEP = 1024;
const READ_FACTOR: Record<ReadKind, number> = { eventual: 0.5, strong: 1, transactional: 2 };

/** Read request units of one GetItem, of one item of a BatchGetItem, or of one page of a Query (bytes summed up). */
export function readUnits(bytes: number, kind: ReadKind): number {
  return Math.max(1, Math.ceil(bytes / READ_STEP)) * READ_FACTOR[kind];
}

/** Write request units of the table for one put; a transaction doubles them. */
export function writeUnits(bytes: number, kind: 'standard' | 'transactional' = 'standard'): number {
  return Math.max(1, Math.ceil(bytes / WRITE_STEP)) * (kind === 'transactional' ? 2 : 1);
}

/**
 * Write request units of an index with projection ALL whose key attributes did not change: one write of the larger
 * of the old and the new entry. An item without the index's key is not in the index and costs nothing there.
 */
export function indexWriteUnits(oldBytes: number | undefined, newBytes: number | undefined): number {
  if (oldBytes === undefined && newBytes === undefined) return 0;
  return writeUnits(Math.max(oldBytes ?? 0, newBytes ?? 0));
}

/**
 * A put whose condition failed still costs the write of the larger one of the item that stands there and the one that was
 * to be written; the index is not touched. The engine reports no units for it, so this is the formula alone.
 */
export function failedConditionUnits(existingBytes: number | undefined, attemptedBytes: number): number {
  return writeUnits(Math.max(existingBytes ?? 0, attemptedBytes));
}
