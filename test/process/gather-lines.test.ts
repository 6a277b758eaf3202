import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatherLines, LONGEST_TEXT, LONGEST_WAIT } from '../../src/process/gather-lines.ts';

const line = (level: string, msg: string) => `${JSON.stringify({ level, msg })}\n`;

describe('lines of the log', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function listen() {
    const written: string[] = [];
    return { written, lines: gatherLines({ write: (text) => written.push(text) }) };
  }

  it('are written at once after a silence, else together', () => {
    const { written, lines } = listen();
    lines.write(line('info', 'a'));
    expect(written).toEqual([line('info', 'a')]);
    lines.write(line('info', 'b'));
    lines.write(line('info', 'c'));
    expect(written).toHaveLength(1);
    vi.advanceTimersByTime(LONGEST_WAIT);
    expect(written[1]).toBe(line('info', 'b') + line('info', 'c'));
    // Those of the next while wait again, until one has passed without any.
    lines.write(line('info', 'd'));
    expect(written).toHaveLength(2);
    vi.advanceTimersByTime(2 * LONGEST_WAIT);
    lines.write(line('info', 'e'));
    expect(written.slice(2)).toEqual([line('info', 'd'), line('info', 'e')]);
  });

  it.each(['warn', 'error', 'fatal', 'debug'])(
    'do not wait at the level %s, nor let earlier ones',
    (level) => {
      const { written, lines } = listen();
      lines.write(line('info', 'a'));
      lines.write(line('info', 'b'));
      lines.write(line(level, 'c'));
      expect(written).toEqual([line('info', 'a'), line('info', 'b') + line(level, 'c')]);
    },
  );

  it('are never more at a time than a pipe takes whole', () => {
    const { written, lines } = listen();
    const long = line('info', 'x'.repeat(1_000));
    for (let n = 0; n < 20; n += 1) lines.write(long);
    lines.flush();
    expect(Math.max(...written.map(({ length }) => length))).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(written.join('')).toBe(long.repeat(20));
  });

  it('are all written before the end', () => {
    const { written, lines } = listen();
    lines.write(line('info', 'a'));
    lines.write(line('info', 'b'));
    lines.flush();
    lines.flush();
    expect(written.join('')).toBe(line('info', 'a') + line('info', 'b'));
    expect(written).toHaveLength(2);
  });
});
