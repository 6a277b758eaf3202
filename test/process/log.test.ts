import { describe, expect, it, vi } from 'vitest';
import { createFaults, MOST_LINES, STACK_EVERY } from '../../src/process/faults.ts';
import { createLog } from '../../src/process/log.ts';
import { watchReadiness } from '../../src/process/watch-readiness.ts';

interface Line {
  level: string;
  msg: string;
  requestId?: string;
  away?: number;
  stacksLeftOut?: number;
  linesLeftOut?: number;
  err?: { type: string; message: string; code?: string; stack?: string; cause?: { stack?: string } };
}

function listen(level = 'info') {
  const lines: Line[] = [];
  const time = { now: 0 };
  const faults = createFaults(() => time.now);
  const log = createLog(level, { write: (line) => lines.push(JSON.parse(line) as Line) }, faults);
  return { lines, time, faults, log };
}

const refused = (message = 'connect ECONNREFUSED') =>
  Object.assign(new Error(message), { code: 'ECONNREFUSED' });

describe('faults in the log', () => {
  it('are a few lines in a while, one with the stack, and none is left out of the count', () => {
    const { lines, time, faults, log } = listen();
    for (let n = 0; n < 1_500; n += 1) log.error({ err: refused(), requestId: `r${n}` }, 'a resolver failed');
    expect(lines).toHaveLength(MOST_LINES);
    const last = lines.at(-1);
    expect(last).toMatchObject({ level: 'error', msg: 'a resolver failed', requestId: `r${MOST_LINES - 1}` });
    expect(last?.err).toEqual({ type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' });
    expect(lines.filter(({ err }) => err?.stack !== undefined)).toHaveLength(1);
    // What says something else is not left out for them.
    log.error({ err: refused() }, 'the store does not answer');
    expect(lines.at(-1)?.msg).toBe('the store does not answer');
    time.now = STACK_EVERY;
    log.error({ err: refused() }, 'a resolver failed');
    expect(lines.at(-2)).toMatchObject({
      msg: 'more lines like these were left out',
      faults: 'a resolver failed: Error ECONNREFUSED',
      linesLeftOut: 1_500 - MOST_LINES,
    });
    // Another place, so another stack.
    expect(lines.at(-1)?.err?.stack).toContain('log.test.ts');
    expect([...faults.counts()]).toEqual([['Error ECONNREFUSED', 1_502]]);
  });

  it('that were left out are told at the end of the while, also when no other follows', () => {
    vi.useFakeTimers();
    try {
      const { lines, log } = listen();
      for (let n = 0; n < 30; n += 1) log.error({ err: refused() }, 'failed');
      expect(lines).toHaveLength(MOST_LINES);
      vi.advanceTimersByTime(STACK_EVERY);
      expect(lines.at(-1)).toMatchObject({ faults: 'failed: Error ECONNREFUSED', linesLeftOut: 10 });
      expect(lines).toHaveLength(MOST_LINES + 1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('say how many stacks were left out, and tell different places and kinds apart', () => {
    const { lines, time, log } = listen();
    const fail = () => {
      log.error({ err: refused() }, 'failed');
    };
    for (let n = 0; n < 4; n += 1) fail();
    log.error({ err: new TypeError('another kind') }, 'failed');
    time.now = STACK_EVERY;
    fail();
    expect(lines.map(({ err }) => err?.stack !== undefined)).toEqual([true, false, false, false, true, true]);
    expect(lines.at(-1)?.stacksLeftOut).toBe(3);
  });

  it('keep no stack of a cause either, and strike ids out as ever', () => {
    const { lines, log } = listen();
    const id = '4c7f9d2e-3c51-4a8e-9f60-1d2c3b4a5968';
    for (let n = 0; n < 2; n += 1)
      log.error({ err: new Error(`cart ${id}`, { cause: refused() }) }, 'failed');
    expect(lines[0]?.err?.cause?.stack).toBeDefined();
    expect(lines[1]?.err).toEqual({
      type: 'Error',
      message: 'cart [id]',
      cause: { type: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    });
  });

  it('are counted, not written, where the log is quieter; warnings are written, not counted', () => {
    for (const level of ['silent', 'fatal']) {
      const { lines, faults, log } = listen(level);
      log.error({ err: refused() }, 'failed');
      expect(lines).toEqual([]);
      expect(faults.counts().get('Error ECONNREFUSED')).toBe(1);
      log.fatal({ err: refused() }, 'over');
      expect(lines).toHaveLength(level === 'fatal' ? 1 : 0);
    }
    const { lines, faults, log } = listen();
    log.warn({ err: refused() }, 'odd');
    log.error('words alone');
    log.info({ port: 1 }, 'listening');
    expect(lines.map(({ msg }) => msg)).toEqual(['odd', 'words alone', 'listening']);
    expect(faults.counts().size).toBe(0);
  });

  it('of ever new kinds and places take no more memory', () => {
    const { faults, log } = listen();
    for (let n = 0; n < 5_000; n += 1) {
      const error = Object.assign(new Error(`at ${n}`), { code: `C${n}` });
      error.stack = `Error: at ${n}\n    at f (place-${n}.ts:1:1)`;
      log.error({ err: error }, 'failed');
    }
    const counts = [...faults.counts().values()];
    expect(counts.length).toBeLessThanOrEqual(201);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_000);
  });

  it('may be anything that was thrown', () => {
    const { lines, faults, log } = listen();
    for (const thrown of [undefined, null, 'text', 7]) log.error({ err: thrown }, 'failed');
    expect(lines).toHaveLength(4);
    expect([...faults.counts().keys()].sort()).toEqual(['number', 'object', 'string', 'undefined']);
  });
});

it('logs on standard output wait for the end of the process together', () => {
  const before = process.listenerCount('exit');
  for (let n = 0; n < 12; n += 1) createLog('silent');
  expect(process.listenerCount('exit') - before).toBeLessThanOrEqual(1);
});

it('a store that is lost is a line, its return another, and a new reason one more', async () => {
  const { lines, time, log } = listen();
  let state: Error | undefined;
  const ready = watchReadiness(
    () => (state ? Promise.reject(state) : Promise.resolve()),
    log,
    () => time.now,
  );
  const ask = async (times: number) => {
    for (let n = 0; n < times; n += 1) await ready(AbortSignal.timeout(1_000)).catch(() => undefined);
  };
  await ask(3);
  expect(lines).toEqual([]);
  state = refused('the table carts');
  await ask(50);
  state = refused('the table products');
  await ask(50);
  time.now = 7_000;
  state = undefined;
  await ask(50);
  expect(lines.map(({ level, msg, err }) => [level, msg, err?.message])).toEqual([
    ['error', 'the store does not answer', 'the table carts'],
    ['error', 'the store does not answer', 'the table products'],
    ['info', 'the store answers again', undefined],
  ]);
  expect(lines.at(-1)?.away).toBe(7_000);
});
