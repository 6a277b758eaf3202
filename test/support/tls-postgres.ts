/** A PostgreSQL server that speaks TLS, with a certificate for `localhost`. */
import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/stores/embedded/postgres.ts';
import { createAuthority, createServerCertificate } from './certificates.ts';

export interface TlsPostgres {
  /** The address of its superuser, on the host `localhost`. */
  readonly url: string;
  /** The path of a file with the authority that signed the server's certificate. */
  readonly caFile: string;
  /** The path of a file with another authority of the same name. */
  readonly strangerFile: string;
  /** Where further files may go until the server is closed. */
  readonly folder: string;
  close(): Promise<void>;
}

export async function startTlsPostgres(): Promise<TlsPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-tls-'));
  const dataDir = join(folder, 'postgres');
  const engine = await startEmbeddedPostgres({ dataDir, durable: false });
  const close = async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [authority, stranger] = [
      await createAuthority('An authority'),
      await createAuthority('An authority'),
    ];
    const server = await createServerCertificate(authority, 'localhost');
    await writeForServer(join(dataDir, 'cluster'), {
      'server.crt': server.certificate,
      'server.key': server.key,
    });
    const [caFile, strangerFile] = [join(folder, 'ca.pem'), join(folder, 'stranger.pem')];
    await writeFile(caFile, authority.certificate);
    await writeFile(strangerFile, stranger.certificate);
    await switchTlsOn(engine.url);
    const url = engine.url.replace('@127.0.0.1:', '@localhost:');
    return { url, caFile, strangerFile, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The server refuses a key that others may read, and runs as another user when this process is root. */
async function writeForServer(cluster: string, files: Record<string, string>): Promise<void> {
  const { uid, gid } = await stat(cluster);
  for (const [name, text] of Object.entries(files)) {
    const path = join(cluster, name);
    await writeFile(path, text, { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(path, uid, gid);
  }
}

/** The server reads its settings again a moment after it was told to. */
async function switchTlsOn(url: string): Promise<void> {
  await query(url, 'alter system set ssl = on');
  await query(url, 'select pg_reload_conf()');
  for (let left = 100; ; left--) {
    try {
      await query(url, 'select', { rejectUnauthorized: false });
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** One statement on a connection of its own. */
export async function query(
  url: string,
  text: string,
  ssl: ConnectionOptions | false = false,
): Promise<void> {
  const client = new pg.Client({ connectionString: url, ssl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
