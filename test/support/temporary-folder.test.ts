import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canHoldTests, openRunFolder } from './temporary-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright a folder-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a folder for what tests write', () => {
  it('is one with room, and is left as it was', async () => {
    expect(canHoldTests(folder, 1)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it('has the room that is asked for', async () => {
    const { blocks, bsize } = await statfs(folder);
    expect(canHoldTests(folder, 2 * blocks * bsize)).toBe(false);
  });

  it('is there', () => {
    expect(canHoldTests(join(folder, 'nowhere'), 1)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')('may be written to', () => {
    expect(canHoldTests('/proc', 0)).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('may be written to by this user', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o500);
    expect(canHoldTests(closed, 1)).toBe(false);
  });
});

const MODULE = new URL('./temporary-folder.ts', import.meta.url).href;

/** @returns the folder that another process opened, which then ended as told */
function openElsewhere(parent: string, end: string): string {
  const script = `
    const { openRunFolder } = await import(${JSON.stringify(MODULE)});
    console.log(openRunFolder(${JSON.stringify(parent)}));
    ${end}`;
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8' },
  );
  return stdout.trim();
}

describe('the folder of a run', () => {
  it('is gone when its process has exited, and at the next run when a signal ended it', async () => {
    expect(openElsewhere(folder, '')).toContain(folder);
    expect(await readdir(folder)).toEqual([]);
    const killed = openElsewhere(folder, "process.kill(process.pid, 'SIGKILL');");
    expect((await stat(killed)).mode & 0o1777).toBe(0o1777);
    const mine = openRunFolder(folder);
    expect((await readdir(folder)).map((name) => join(folder, name))).toEqual([mine]);
    const other = openRunFolder(folder);
    expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual([mine, other].sort());
  });
});
