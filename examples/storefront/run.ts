/**
 * `npm run storefront`: the service, with customers and tokens for development, and the shop in front of it. What only the shop needs
 * is installed the first time, and when its lockfile is newer. `PORT=5180` before it for another port: what is written
 * behind it does not get through `exec` in package.json.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = import.meta.dirname;
const root = join(folder, '..', '..');

const changedAt = (file: string) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm writes the file in node_modules at the end of an install. @returns whether the packages are there */
function installPackages(): boolean {
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return true;
  process.stderr.write('Installing what only the shop needs into examples/storefront/node_modules.\n');
  const npm = process.env['npm_execpath'];
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  return spawnSync(command, [...args, 'ci'], { cwd: folder, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @returns the port at which the service listens. @throws Error when it ends before */
async function listening(service: ChildProcess): Promise<number> {
  if (!service.stdout) throw new Error('The service has no output.');
  for await (const line of createInterface({ input: service.stdout })) {
    const entry = read(line);
    // Its warnings, and why it does not start, are for whoever started it.
    if (entry.level === undefined || entry.level >= 40) process.stderr.write(`${line}\n`);
    if (entry.msg === 'listening' && entry.port !== undefined) {
      service.stdout.resume();
      return entry.port;
    }
  }
  throw new Error('The service has ended.');
}

function read(line: string): { level?: number; msg?: string; port?: number } {
  try {
    return JSON.parse(line) as ReturnType<typeof read>;
  } catch {
    return {};
  }
}

async function run(port: number): Promise<void> {
  const service = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, AUTH_MODE: 'jwt', HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Ctrl-C reaches the service too, which needs a moment to stop its database.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => service.kill('SIGTERM'));
  service.on('exit', (code) => process.exit(code ?? 1));
  const target = `http://127.0.0.1:${await listening(service)}`;

  const { createServer } = await import('vite');
  const proxy = Object.fromEntries(
    ['/graphql', '/playground'].map((path) => [path, { target, changeOrigin: true }]),
  );
  const configFile = join(folder, 'vite.config.ts');
  const server = await createServer({ root: folder, configFile, server: { port, proxy }, logLevel: 'warn' });
  await server.listen();
  console.log(
    `The shop is at ${server.resolvedUrls?.local[0] ?? ''}, and its service's playground at ${target}/`,
  );
}

const port = Number(process.env['PORT'] ?? 5173);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(
    `PORT must be a whole number from 0 to 65535, but was "${process.env['PORT'] ?? ''}"\n`,
  );
  process.exitCode = 2;
} else if (installPackages()) await run(port);
else {
  process.stderr.write('npm ci in examples/storefront/ failed, see above.\n');
  process.exitCode = 2;
}
