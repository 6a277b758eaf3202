import { describe, expect, it } from 'vitest';
import type { EndedRequest } from '../../src/http/ended-request.ts';
import { createRequestLog, MOST_LINES } from '../../src/http/request-log.ts';
import { createLog } from '../../src/process/log.ts';
import { EVERY } from '../../src/waiting/throttle.ts';

interface Line {
  readonly msg: string;
  readonly code?: string;
  readonly leftOut?: number;
}

function open(sample: number, level = 'info') {
  const lines: Line[] = [];
  const time = { now: 0 };
  // 0.00, 0.01, … 0.99 in turn: of a hundred requests as many are chosen as the share says.
  let drawn = 0;
  const random = () => (drawn++ % 100) / 100;
  const log = createLog(level, { write: (line) => lines.push(JSON.parse(line) as Line) });
  const write = createRequestLog(log, { sample, slow: 1_000 }, random, () => time.now);
  const end = (more: Partial<EndedRequest> = {}) => {
    write({
      method: 'POST',
      route: '/graphql',
      operation: 'cart',
      code: 'OK',
      status: 200,
      started: time.now - 3.14,
      requestId: 'r1',
      headers: {},
      ...more,
    });
  };
  return { lines, time, end };
}

describe('lines of requests', () => {
  it('are a share of those that went well', () => {
    for (const [sample, count] of [
      [0, 0],
      [0.01, 10],
      [0.5, 500],
      [1, 1_000],
    ] as const) {
      const { lines, end } = open(sample);
      for (let n = 0; n < 1_000; n += 1) end();
      expect(lines).toHaveLength(count);
    }
  });

  it('say all that is known, and the trace where there is one', () => {
    const { lines, end } = open(1);
    end();
    const line = {
      method: 'POST',
      route: '/graphql',
      operation: 'cart',
      code: 'OK',
      status: 200,
      duration: 3.1,
      requestId: 'r1',
      msg: 'request',
    };
    expect(lines).toEqual([{ level: 'info', time: expect.any(String) as string, ...line }]);
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    end({ headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }, status: undefined });
    expect(lines[1]).toMatchObject({ trace: traceId });
    expect(lines[1]).not.toHaveProperty('status');
  });

  it('are there for each slow one, and each that was not done, whatever the share', () => {
    const { lines, time, end } = open(0);
    end({ started: time.now - 1_000 });
    for (const code of ['DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN', 'OVERLOADED', 'HTTP_404']) end({ code });
    end();
    expect(lines.map(({ code }) => code)).toEqual([
      'OK',
      'DEADLINE_EXCEEDED',
      'OUTCOME_UNKNOWN',
      'OVERLOADED',
      'HTTP_404',
    ]);
  });

  it('are not repeated by the thousand: the rest is counted', () => {
    const { lines, time, end } = open(0);
    for (let n = 0; n < 5_000; n += 1) end({ code: 'OVERLOADED' });
    for (let n = 0; n < 5_000; n += 1) end({ started: time.now - 2_000 });
    end({ code: 'FORBIDDEN' });
    expect(lines).toHaveLength(2 * MOST_LINES + 1);
    time.now = EVERY;
    end({ code: 'OVERLOADED' });
    expect(lines.at(-2)).toMatchObject({
      msg: 'more such requests were left out',
      code: 'OVERLOADED',
      route: '/graphql',
      leftOut: 5_000 - MOST_LINES,
    });
  });

  it('are all of them at debug, and none where the log is quieter than info', () => {
    const all = open(0, 'debug');
    for (let n = 0; n < 100; n += 1) all.end();
    expect(all.lines).toHaveLength(100);
    const none = open(1, 'warn');
    none.end({ code: 'OVERLOADED' });
    expect(none.lines).toEqual([]);
  });
});
