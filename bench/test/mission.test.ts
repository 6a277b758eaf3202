import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.ts';
import { createRequests } from '../client/cart-api.ts';
import { main as bench150 } from '../mission/bench-150.ts';
import { main as compare } from '../mission/bench-compare.ts';
import { UsageError } from '../command-line.ts';
import { OPERATION_NAMES, type ResultRecord } from '../mission/results-file.ts';
import type { RunningProgram } from '../processes/launch.ts';
import { openFolder, startStandIn } from './stand-in.ts';

const folder = openFolder();

/** Runs a command in this process; a UsageError is what makes the process end with 2. */
async function run(main: typeof bench150 | typeof compare, ...args: string[]) {
  let output = '';
  try {
    const code = await main(args, (text) => (output += text));
    return { code, output };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, output: error.message };
    throw error;
  }
}

/** 50 records of each operation that took `first`, `first` + 1, … milliseconds. */
function records(first: number): ResultRecord[] {
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

describe('npm run bench:compare', () => {
  const good = save('postgres_results.json', records(1));

  it('exits 0 when all hold, with figures worked out by hand', async () => {
    const { code, output } = await run(compare, good, save('dynamodb_results.json', records(2)));
    expect(output).toContain('mean 25.50 ms  min 1.00 ms  p50 25.00 ms  p95 48.00 ms  max (= p99) 50.00 ms');
    // Both variances are 50 * 51 / 12 = 212.5, so the standard error is sqrt(2 * 212.5 / 50); t(98) = 1.984467.
    expect(output).toContain('+1.00 ms, 95 % interval -4.79 to +6.79 ms; the interval includes 0');
    expect(output).toContain('not measured   customer history (20 carts)');
    expect(code).toBe(0);
  });

  it('exits 1 when a p95 is not below its limit; failed requests count against success, not as times', async () => {
    // p95 is the 48th value: 3 + 47 = 50 is not below 50.
    const [one, ...others] = records(3);
    const failed = { ...(one as ResultRecord), success: false, response_time: 9999 };
    const { code, output } = await run(compare, good, save('slow_results.json', [failed, ...others]));
    expect(output).toContain('does not hold  get cart by id');
    expect(output).toMatch(/slow +49\/50 \(98 %\) .* max \(= p99\) 52.00 ms/);
    expect(output).toContain('does not hold  create cart');
    expect(output).toContain('holds          add items');
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
  });
});

describe('npm run bench:150', () => {
  let server: RunningProgram;
  let delayed: TcpProxy;
  beforeAll(async () => {
    server = await startStandIn();
    delayed = await startTcpProxy(server.url, undefined, 5);
    return () => {
      delayed.close();
      return server.stop();
    };
  });

  it('sends 50 creates, 50 adds and 50 gets in turn and times them', async () => {
    const output = join(folder, 'run_results.json');
    const args = ['--host', delayed.url, '--output', output, '--seed', '4', '--think-ms', '100'];
    const { code } = await run(bench150, ...args);
    const written = JSON.parse(readFileSync(output, 'utf8')) as ResultRecord[];
    expect(written.map((record) => record.operation)).toEqual(
      OPERATION_NAMES.flatMap((operation) => new Array<string>(50).fill(operation)),
    );
    expect(written.filter(({ success }) => success)).toHaveLength(150);
    expect(written.every((record) => record.response_time >= 4.5)).toBe(true);
    const times = written.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
    const patterns = readFileSync(output.replace('.json', '.access-patterns.json'), 'utf8');
    expect(JSON.parse(patterns)).toHaveLength(50 + 50 + 300);
    expect(code).toBe(0);
  });

  it('sends the token of the environment, and leaves no access patterns of an earlier run', async () => {
    const sent = () => createRequests(server.url).plain('GET', '/x').toString();
    expect(sent()).not.toContain('authorization');
    vi.stubEnv('BENCH_TOKEN', 'abc');
    expect(sent()).toContain('\r\nauthorization: Bearer abc\r\n');
    vi.unstubAllEnvs();
    const output = join(folder, 'again.json');
    const patterns = save('again.access-patterns.json', []);
    const args = ['--host', server.url, '--output', output, '--no-access-patterns', '--seed', '4'];
    expect(await run(bench150, ...args)).toMatchObject({ code: 0 });
    expect(existsSync(patterns)).toBe(false);
  });

  it('exits 2 where nothing answers and on an address that is none', async () => {
    const output = join(folder, 'nothing.json');
    const nobody = await run(bench150, '--host', 'http://127.0.0.1:1', '--output', output);
    expect(nobody).toMatchObject({ code: 2 });
    const { code, output: text } = await run(bench150, '--host', 'localhost', '--output', output);
    expect(text).toContain('--host must be an http or https URL');
    expect(code).toBe(2);
  });
});
