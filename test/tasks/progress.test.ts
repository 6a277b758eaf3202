import { describe, expect, it } from 'vitest';
import { createProgress, describeProgress } from '../../src/tasks/catalogue/progress.ts';

function open(terminal: { isTTY?: boolean; columns?: number }) {
  const test = { now: 0, written: '' };
  const out = { ...terminal, write: (text: string) => (test.written += text) };
  return { test, progress: createProgress('products', 60_000, out, () => test.now) };
}

describe('progress', () => {
  it('says how far it is, how fast, and how long it will take', () => {
    expect(describeProgress(12_000, 60_000, 1.5, 'products')).toBe(
      '[######                        ] 20 %, 12,000 of 60,000 products, 8,000/s, 6 s left',
    );
    expect(describeProgress(12_000, undefined, 2, 'products')).toBe('12,000 products, 6,000/s');
    expect(describeProgress(0, 60_000, 0, 'products')).toContain('? s left');
    expect(describeProgress(70_000, 60_000, 1, 'products')).toContain('] 100 %, 70,000 of 60,000');
  });

  it('is a bar on a terminal that is written over, and leaves nothing', () => {
    const { test, progress } = open({ isTTY: true, columns: 40 });
    progress.report(1000);
    expect(test.written).toBe('');
    test.now = 150;
    progress.report(2000);
    expect(test.written).toBe(`\r\x1b[K${describeProgress(2000, 60_000, 0.15, 'products').slice(0, 39)}`);
    test.written = '';
    progress.say('line 7: is bad');
    expect(test.written).toBe('\r\x1b[Kline 7: is bad\n');
    test.written = '';
    progress.end();
    expect(test.written).toBe('\r\x1b[K');
  });

  it('is a line every ten seconds in a log', () => {
    const { test, progress } = open({});
    for (test.now = 0; test.now <= 20_000; test.now += 500) progress.report(test.now);
    progress.end();
    expect(test.written.split('\n').map((line) => line.slice(-40))).toHaveLength(3);
    expect(test.written).not.toContain('\x1b');
    expect(test.written).toMatch(/^\[.{30}\] 16 %, 10,000 of 60,000 products, 1,000\/s, 50 s left\n/);
  });
});
