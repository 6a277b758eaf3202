/**
 * The last 32 changes of a cart, kept inside it so that no change takes effect twice. One record is 28 bytes: 16 of
 * the change's id, 8 of its fingerprint, 4 of the version it made (big-endian). Oldest first; at most 896 bytes.
 */
import { createHash } from 'node:crypto';

/** Zero to 32 records, concatenated. Never modified in place. */
export type ChangeLog = Uint8Array;

export interface Change {
  /** 16 bytes: a hash of the idempotency key, or random. */
  readonly id: Uint8Array;
  /** 8 bytes: a hash of the operation and its arguments. */
  readonly fingerprint: Uint8Array;
}

/** How many changes a cart remembers. */
export const REMEMBERED_CHANGES = 32;

const ID = 16;
const FINGERPRINT = 8;
const RECORD = ID + FINGERPRINT + 4;

export const emptyChangeLog: ChangeLog = new Uint8Array(0);

/** The change id of an idempotency key. */
export function changeIdFromKey(key: string): Uint8Array {
  return createHash('sha256').update(key).digest().subarray(0, ID);
}

/** @param args the operation's arguments, always with the same keys in the same order */
export function fingerprintOf(operation: string, args: unknown): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([operation, args]))
    .digest()
    .subarray(0, FINGERPRINT);
}

/** The log with one more record, the oldest dropped beyond {@link REMEMBERED_CHANGES}. */
export function recordChange(log: ChangeLog, change: Change, version: number): ChangeLog {
  const kept = log.subarray(Math.max(0, log.length - RECORD * (REMEMBERED_CHANGES - 1)));
  const next = new Uint8Array(kept.length + RECORD);
  next.set(kept);
  next.set(change.id, kept.length);
  next.set(change.fingerprint, kept.length + ID);
  new DataView(next.buffer).setUint32(kept.length + ID + FINGERPRINT, version);
  return next;
}

/** The fingerprint that was remembered with a change id; undefined when the id is not in the log. */
export function findFingerprint(log: ChangeLog, id: Uint8Array): Uint8Array | undefined {
  for (let at = 0; at < log.length; at += RECORD) {
    if (equal(log.subarray(at, at + ID), id)) return log.subarray(at + ID, at + ID + FINGERPRINT);
  }
  return undefined;
}

/** Whether the newest record is that of the change. */
export function endsWith(log: ChangeLog, { id, fingerprint }: Change): boolean {
  const at = log.length - RECORD;
  if (at < 0) return false;
  return (
    equal(log.subarray(at, at + ID), id) && equal(log.subarray(at + ID, at + ID + FINGERPRINT), fingerprint)
  );
}

/** Whether a change that made version `version` could already have been dropped from the log. */
export function mayHaveForgotten(log: ChangeLog, version: number): boolean {
  if (log.length < RECORD * REMEMBERED_CHANGES) return false;
  const oldest = new DataView(log.buffer, log.byteOffset).getUint32(ID + FINGERPRINT);
  return oldest > version;
}

/** Whether two ids or fingerprints are the same. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
