import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeIdFromKey,
  emptyChangeLog,
  equal,
  findFingerprint,
  fingerprintOf,
  mayHaveForgotten,
  recordChange,
  REMEMBERED_CHANGES,
  type Change,
} from '../../src/cart/change-log.ts';

const newChange = (): Change => ({ id: randomBytes(16), fingerprint: randomBytes(8) });
/** A log after changes 1 to `count`, and those changes. */
function logOf(count: number, first = 1) {
  const changes = Array.from({ length: count }, newChange);
  const log = changes.reduce(
    (log, change, index) => recordChange(log, change, first + index),
    emptyChangeLog,
  );
  return { log, changes };
}

describe('the change log', () => {
  it('finds the last 32 changes with their fingerprints, and no earlier ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (count) => {
        const { log, changes } = logOf(count);
        expect(log).toHaveLength(28 * Math.min(count, REMEMBERED_CHANGES));
        changes.forEach(({ id, fingerprint }, index) => {
          const found = findFingerprint(log, id);
          if (index < count - REMEMBERED_CHANGES) expect(found).toBeUndefined();
          else expect(equal(found ?? emptyChangeLog, fingerprint)).toBe(true);
        });
        expect(findFingerprint(log, randomBytes(16))).toBeUndefined();
      }),
    );
  });

  it('has at most 896 bytes: 16 of id, 8 of fingerprint, 4 of version, oldest first', () => {
    const { log, changes } = logOf(40, 0xffff_ff00);
    expect(log).toHaveLength(896);
    const oldest = changes[8] as Change;
    expect([...log.subarray(0, 28)]).toEqual([...oldest.id, ...oldest.fingerprint, 0xff, 0xff, 0xff, 8]);
  });

  it('is not modified by another record', () => {
    const { log } = logOf(32);
    const copy = Uint8Array.from(log);
    recordChange(log, newChange(), 33);
    expect(log).toEqual(copy);
    expect(emptyChangeLog).toHaveLength(0);
  });

  it('finds ids at the start of a record only', () => {
    const { log } = logOf(3);
    for (let at = 1; at + 16 <= log.length; at += 1) {
      if (at % 28 !== 0) expect(findFingerprint(log, log.slice(at, at + 16))).toBeUndefined();
    }
  });

  it('is read from the middle of another buffer too', () => {
    const { log, changes } = logOf(32, 7);
    const buffer = Buffer.concat([randomBytes(5), log]).subarray(5);
    expect(mayHaveForgotten(buffer, 6)).toBe(true);
    expect(mayHaveForgotten(buffer, 7)).toBe(false);
    expect(findFingerprint(buffer, changes[31]?.id ?? emptyChangeLog)).toBeDefined();
  });
});

describe('mayHaveForgotten', () => {
  it('is sure of every version while fewer than 32 changes are remembered', () => {
    for (const count of [0, 1, 31]) expect(mayHaveForgotten(logOf(count).log, 1)).toBe(false);
  });

  it('is in doubt from the first version that was dropped', () => {
    expect(mayHaveForgotten(logOf(32).log, 1)).toBe(false);
    expect(mayHaveForgotten(logOf(33).log, 1)).toBe(true);
    expect(mayHaveForgotten(logOf(33).log, 2)).toBe(false);
    expect(mayHaveForgotten(logOf(1000).log, 968)).toBe(true);
    expect(mayHaveForgotten(logOf(1000).log, 969)).toBe(false);
  });

  it('is never sure of a change that the log has lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(79), (count, index) => {
        const { log, changes } = logOf(count);
        const change = changes[index % count] as Change;
        const forgotten = findFingerprint(log, change.id) === undefined;
        expect(mayHaveForgotten(log, (index % count) + 1)).toBe(forgotten);
      }),
    );
  });
});

describe('ids and fingerprints', () => {
  it('of keys have 16 bytes, the same for the same key, others for another', () => {
    expect(changeIdFromKey('k')).toHaveLength(16);
    expect(equal(changeIdFromKey('k'), changeIdFromKey('k'))).toBe(true);
    expect(equal(changeIdFromKey('k'), changeIdFromKey('K'))).toBe(false);
  });

  it('of operations have 8 bytes and depend on operation and arguments', () => {
    const all = [
      fingerprintOf('addItems', { items: [] }),
      fingerprintOf('setItems', { items: [] }),
      fingerprintOf('addItems', { items: [1] }),
      fingerprintOf('addItems', { items: ['1'] }),
      fingerprintOf('addItems', undefined),
    ];
    expect(all.every((one) => one.length === 8)).toBe(true);
    expect(new Set(all.map((one) => Buffer.from(one).toString('hex'))).size).toBe(5);
    expect(equal(all[0] ?? emptyChangeLog, fingerprintOf('addItems', { items: [] }))).toBe(true);
  });

  it('are equal byte for byte and in length', () => {
    expect(equal(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
    expect(equal(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
    expect(equal(new Uint8Array([1, 2]), new Uint8Array([1, 2, 0]))).toBe(false);
  });
});
