/** PgBouncer in transaction mode, where the machine has it (`apt-get install pgbouncer`). */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

const BINARY = ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'];

/** The program's path; undefined where there is none. */
export function findPgBouncer(): string | undefined {
  return BINARY.find((path) => {
    try {
      execFileSync(path, ['--version']);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts, as somebody else may take a port that was free. */
const TRIES = 5;

/**
 * @param target the server's address
 * @param poolSize connections to the server, which clients take turns on
 */
export async function startPgBouncer(binary: string, target: string, poolSize: number) {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await startOnFreePort(binary, target, poolSize);
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function startOnFreePort(binary: string, target: string, poolSize: number) {
  const server = new URL(target);
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'));
  const port = await freePort();
  const login = `user=${server.username} password=${decodeURIComponent(server.password)}`;
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${server.hostname} port=${server.port} ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
server_round_robin = 1
`,
  );
  chmodSync(folder, 0o755);
  // It refuses to run as root.
  const asSomebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const child = spawn(binary, [join(folder, 'pgbouncer.ini')], { stdio: 'ignore', ...asSomebody });
  const ended = once(child, 'exit');
  await Promise.race([
    untilListening(port),
    ended.then(() => {
      throw new Error('PgBouncer has ended');
    }),
  ]);
  const url = Object.assign(new URL(target), { host: `127.0.0.1:${port}` });
  return {
    url: url.href,
    async close() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = net.connect(port, '127.0.0.1');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PgBouncer does not listen');
}
