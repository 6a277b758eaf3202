import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { main as bench150 } from '../mission/bench-150.ts';
import { main as compare } from '../mission/bench-compare.ts';
import { UsageError } from '../command-line.ts';
import { checkRequirements, compareOperations, figuresOf } from '../mission/compare-results.ts';
import { OPERATION_NAMES, type OperationRecord } from '../mission/results-file.ts';
import type { RunningProgram } from '../processes/launch.ts';
import { openDelay, type Delay } from './delay-proxy.ts';
import { startStandIn } from './start-stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'cartwright-mission-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command in this process; a UsageError is what makes the process end with 2. */
async function run(
  main: (args: readonly string[], print: (text: string) => void) => number | Promise<number>,
  ...args: string[]
): Promise<{ code: number; output: string }> {
  let output = '';
  try {
    const code = await main(args, (text) => (output += text));
    return { code, output };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, output: error.message };
    throw error;
  }
}

function runProcess(...args: string[]): Promise<unknown> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', ...args], (error) => {
      resolve(error?.code ?? 0);
    });
  });
}

/** 50 records of each operation that took `first`, `first` + 1, … milliseconds. */
function records(first: number): OperationRecord[] {
  return OPERATION_NAMES.flatMap((operation) =>
    Array.from({ length: 50 }, (_, i) => ({
      operation,
      response_time: first + i,
      success: true,
      status_code: 200,
      timestamp: '2026-01-19T22:00:00.000Z',
    })),
  );
}

function save(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const set = (first: number) => ({ name: 'x', records: records(first), patterns: undefined });

describe('the figures of bench:compare', () => {
  it('are those worked out by hand', () => {
    const figures = figuresOf(records(1).slice(0, 50));
    expect(figures).toMatchObject({
      count: 50,
      succeeded: 50,
      times: { mean: 25.5, minimum: 1, maximum: 50, p50: 25, p95: 48 },
    });
  });

  it('leave failed requests out of the times but not out of the success rate', () => {
    const [one, ...others] = records(1).slice(0, 50);
    const failed = { ...(one as OperationRecord), success: false, response_time: 9999 };
    expect(figuresOf([failed, ...others])).toMatchObject({
      count: 50,
      succeeded: 49,
      times: { maximum: 50 },
    });
  });

  it('give the difference of the means with its interval', () => {
    const [create] = compareOperations(set(1), set(11));
    // both variances are 50 * 51 / 12 = 212.5, so the standard error is sqrt(2 * 212.5 / 50); t(98) = 1.984467
    expect(create?.difference?.estimate).toBeCloseTo(10, 10);
    expect(create?.difference?.high).toBeCloseTo(10 + 1.984467 * Math.sqrt(8.5), 4);
  });

  it('hold the requirements against the p95', () => {
    const outcomes = (first: number) =>
      Object.fromEntries(checkRequirements(set(first)).map(({ title, outcome }) => [title, outcome]));
    expect(outcomes(1)).toMatchObject({ 'get cart by id': 'holds', 'create cart': 'holds' });
    // p95 is the 48th value: 3 + 47 = 50 is not below 50
    expect(outcomes(3)).toMatchObject({ 'get cart by id': 'does not hold', 'add items': 'holds' });
    expect(outcomes(1)).toMatchObject({ 'customer history (20 carts)': 'not measured' });
  });
});

describe('npm run bench:compare', () => {
  const good = save('postgres_results.json', records(1));

  it('exits 0 when all hold, and prints p99 as the maximum', async () => {
    const { code, output } = await run(compare, good, save('dynamodb_results.json', records(2)));
    expect(output).toContain('max (= p99) 50.00 ms');
    expect(code).toBe(0);
  });

  it('exits 1 when one does not', async () => {
    const { code, output } = await run(compare, good, save('slow_results.json', records(60)));
    expect(output).toContain('does not hold  get cart by id');
    expect(code).toBe(1);
  });

  it.each([
    ['no JSON', 'cannot be read as JSON', '{'],
    ['no records', 'is not a results file', []],
    ['a wrong field', 'response_time', [{ ...records(1)[0], response_time: 'fast' }]],
    ['an operation too few', 'records of get_cart', records(1).slice(0, 100)],
  ])('exits 2 on %s', async (_, message, content) => {
    const { code, output } = await run(compare, good, save('bad.json', content));
    expect(output).toContain(message);
    expect(code).toBe(2);
  });

  it('exits 2 on a file that is not there, and without files', async () => {
    expect(await run(compare, good, join(folder, 'none.json'))).toMatchObject({ code: 2 });
    expect(await run(compare)).toMatchObject({ code: 2 });
    expect(
      await runProcess(
        join(import.meta.dirname, '../mission/bench-compare.ts'),
        good,
        join(folder, 'none.json'),
      ),
    ).toBe(2);
  });
});

describe('npm run bench:150', () => {
  let server: RunningProgram;
  let delayed: Delay;
  beforeAll(async () => {
    server = await startStandIn();
    delayed = await openDelay(server.url, 5);
  });
  afterAll(async () => {
    await delayed.close();
    await server.stop();
  });

  /** Lets requests through that have the token. */
  async function openGuard(token: string): Promise<Server> {
    const guard = createServer((request, response) => {
      void (async () => {
        const allowed = request.headers.authorization === `Bearer ${token}`;
        const { method = 'GET', url = '' } = request;
        const body = method === 'GET' ? null : await text(request);
        const headers = { 'content-type': 'application/json' };
        const answer = allowed ? await fetch(server.url + url, { method, headers, body }) : undefined;
        response.writeHead(answer?.status ?? 401).end(await answer?.text());
      })();
    }).listen(0, '127.0.0.1');
    await once(guard, 'listening');
    return guard;
  }

  it('sends 50 creates, 50 adds and 50 gets in turn and times them', async () => {
    const output = join(folder, 'run_results.json');
    const args = ['--host', delayed.url, '--output', output, '--seed', '4', '--think-ms', '100'];
    const { code } = await run(bench150, ...args);
    const written = JSON.parse(readFileSync(output, 'utf8')) as OperationRecord[];
    expect(written.map((record) => record.operation)).toEqual(
      OPERATION_NAMES.flatMap((operation) => new Array<string>(50).fill(operation)),
    );
    expect(written.filter(({ success }) => success)).toHaveLength(150);
    expect(written.every((record) => record.response_time >= 4.5)).toBe(true);
    expect(
      written.every(({ timestamp }, i) => i === 0 || timestamp >= (written[i - 1]?.timestamp ?? '')),
    ).toBe(true);
    const patterns = JSON.parse(
      readFileSync(output.replace('.json', '.access-patterns.json'), 'utf8'),
    ) as unknown[];
    expect(patterns).toHaveLength(50 + 50 + 300);
    expect(code).toBe(0);
  });

  it('sends the token of the environment, and leaves no access patterns of an earlier run', async () => {
    const guard = await openGuard('abc');
    const guarded = `http://127.0.0.1:${(guard.address() as AddressInfo).port}`;
    const output = join(folder, 'token.json');
    const patterns = save('token.access-patterns.json', []);
    const args = ['--host', guarded, '--output', output, '--no-access-patterns', '--seed', '4'];
    try {
      expect(await run(bench150, ...args)).toMatchObject({ code: 1 });
      vi.stubEnv('BENCH_TOKEN', 'abc');
      expect(await run(bench150, ...args)).toMatchObject({ code: 0 });
      expect(existsSync(patterns)).toBe(false);
    } finally {
      vi.unstubAllEnvs();
      guard.close();
    }
  });

  it('exits 2 where nothing answers and on an address that is none', async () => {
    const output = join(folder, 'nothing.json');
    expect(await run(bench150, '--host', 'http://127.0.0.1:1', '--output', output)).toMatchObject({
      code: 2,
    });
    const { code, output: text } = await run(bench150, '--host', 'localhost', '--output', output);
    expect(text).toContain('--host must be an http or https URL');
    expect(code).toBe(2);
  });
});
