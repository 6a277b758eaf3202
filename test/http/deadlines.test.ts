import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineExceeded } from '../../src/waiting/abortable.ts';
import { createDeadlines } from '../../src/http/deadlines.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the deadline of a request', () => {
  it('comes after its time, and at most a sixteenth later', () => {
    const begin = createDeadlines(1600);
    begin();
    vi.advanceTimersByTime(99);
    const signal = begin();
    vi.advanceTimersByTime(1600);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(100);
    expect(signal.reason).toBeInstanceOf(DeadlineExceeded);
    expect(String(signal.reason)).toContain('1600 ms');
  });

  it('is shared by those that begin at nearly the same time only', () => {
    const begin = createDeadlines(1600);
    const first = begin();
    expect(begin()).toBe(first);
    vi.advanceTimersByTime(100);
    expect(begin()).not.toBe(first);
  });
});
