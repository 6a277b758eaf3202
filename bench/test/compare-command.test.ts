import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openRecords } from '../compare/records.ts';
import { openFolder, startStandIn } from './stand-in.ts';

const out = openFolder();
const folder = join(out, 'run');
const command = join(import.meta.dirname, '../compare/compare.ts');
let hosts: string[] = [];
beforeAll(async () => {
  const servers = await Promise.all([startStandIn(), startStandIn()]);
  hosts = servers.flatMap(({ url }) => ['--host', url]);
  return () => Promise.all(servers.map((server) => server.stop()));
});

const file = join(folder, 'steps.jsonl');
const steps = (): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean) : [];

/** Runs the command until it has recorded `count` steps, then sends it Ctrl-C. */
async function runUntil(count: number, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const options = [...hosts, '--quick', '--out', out, '--name', 'run', ...args];
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...options], { stdio: 'pipe' });
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
  const done = openRecords(file).records.filter(({ type }) => type === 'rate');
  expect(new Set(done.map(({ step }) => step)).size).toBe(done.length);
});
