import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRecords } from '../compare/records.ts';
import { startStandIn } from './stand-in.ts';

const out = mkdtempSync(join(tmpdir(), 'cartwright-compare-test-'));
const folder = join(out, 'run');
const command = join(import.meta.dirname, '../compare/compare.ts');
let servers: { url: string; stop(): Promise<void> }[] = [];

beforeAll(async () => {
  servers = await Promise.all([startStandIn(), startStandIn()]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(out, { recursive: true });
});

const steps = (): string[] =>
  existsSync(join(folder, 'steps.jsonl'))
    ? readFileSync(join(folder, 'steps.jsonl'), 'utf8').trimEnd().split('\n').filter(Boolean)
    : [];

/** Runs the command until it has recorded `count` steps, then sends it Ctrl-C. */
async function runUntil(count: number, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const hosts = servers.flatMap(({ url }) => ['--host', url]);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', command, ...hosts, '--quick', '--out', out, '--name', 'run', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  while (child.exitCode === null && steps().length < count)
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  const [code] = await exited;
  return { code, output };
}

it('keeps what there is on Ctrl-C, reports it, and goes on with --resume', { timeout: 240_000 }, async () => {
  const first = await runUntil(2);
  expect(first).toMatchObject({ code: 130 });
  expect(first.output).toMatch(/\[1\/\d+, \d+:\d\d left\]/);
  const kept = steps();
  expect(kept.length).toBeGreaterThanOrEqual(2);
  const report = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(report).toContain('Not measured: ');
  expect(report).not.toMatch(/<script|(src|href)="http/);

  const again = await runUntil(Infinity);
  expect(again).toMatchObject({ code: 2 });
  expect(again.output).toContain('has a result already');

  const second = await runUntil(kept.length + 2, '--resume');
  expect(second).toMatchObject({ code: 130 });
  expect(steps().slice(0, kept.length)).toEqual(kept);
  const done = openRecords(join(folder, 'steps.jsonl')).records.filter(({ type }) => type === 'rate');
  expect(new Set(done.map(({ step }) => step)).size).toBe(done.length);
});
