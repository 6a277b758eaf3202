import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../../src/stores/embedded/engine-orphans.ts';
import { lockFolder } from '../../../src/stores/embedded/folder-lock.ts';
import { withFreePort } from '../../../src/stores/embedded/free-port.ts';
import { waitFor } from './engine-host-process.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-process-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a watched child ends with its parent where the kernel does not see to it', async () => {
  const module = new URL('../../../src/stores/embedded/parent-death.ts', import.meta.url).href;
  const script = `
    import { spawn } from 'node:child_process';
    import { watchParent } from ${JSON.stringify(module)};
    const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    watchParent(child, 'SIGTERM');
    console.log(child.pid);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await waitFor('the child to end', async () => !(await isRunning(pid)));
});

/** False for a zombie too: a container's first process may never collect it. */
async function isRunning(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(pid);
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}

describe.each(['socket', 'file'] as const)('a folder lock by %s', (kind) => {
  // Abstract sockets exist on Linux only.
  const supported = kind === 'file' || process.platform === 'linux';

  test.runIf(supported)('is held once, and can be taken again after its release', async () => {
    const path = join(folder, kind);
    const lock = await lockFolder(path, kind);
    await expect(lockFolder(path, kind)).rejects.toThrow(`in use by this process (${process.pid})`);
    await lock.release();
    const again = await lockFolder(path, kind);
    expect(again.key).toBe(lock.key);
    await again.release();
  });

  test.runIf(supported)('makes the folder’s parents, for this user alone', async () => {
    const lock = await lockFolder(join(folder, kind, 'deep', 'down'), kind);
    expect((await stat(join(folder, kind, 'deep'))).mode & 0o777).toBe(0o700);
    await lock.release();
  });

  test.runIf(supported && process.platform === 'linux')('ends where folders cannot be made', async () => {
    await expect(lockFolder('/proc/cartwright/data', kind)).rejects.toThrow(/cannot be written \(ENOENT/);
  });

  test.runIf(supported)('says so where nothing can be written', async () => {
    await expect(lockFolder('/dev/null/data', kind)).rejects.toThrow(
      /^The data folder \/dev\/null\/data cannot be written \(ENOTDIR.*Set DATA_DIR to a folder/,
    );
  });

  test.runIf(supported)('is free when its owner is gone', async () => {
    const path = join(folder, `${kind}-stale`);
    await (await lockFolder(path, kind)).release();
    const owner = spawn('true', { stdio: 'ignore' });
    await once(owner, 'exit');
    await writeFile(join(path, 'owner.pid'), `${owner.pid ?? 0}\n`);
    await (await lockFolder(path, kind)).release();
  });
});

describe('a start on a free port', () => {
  test('is tried again, with another port, when someone else was faster', async () => {
    const ports: number[] = [];
    const port = await withFreePort((port) => {
      ports.push(port);
      return ports.length < 3 ? Promise.reject(new Error('Address already in use')) : Promise.resolve(port);
    });
    expect(ports).toHaveLength(3);
    expect(port).toBe(ports[2]);
  });

  test('is given up after five attempts, and at once for another reason', async () => {
    let attempts = 0;
    const fail = (message: string) => () => {
      attempts++;
      return Promise.reject(new Error(message));
    };
    await expect(withFreePort(fail('port 1 is already in use'))).rejects.toThrow('already in use');
    expect(attempts).toBe(5);
    await expect(withFreePort(fail('no memory'))).rejects.toThrow('no memory');
    expect(attempts).toBe(6);
  });
});
