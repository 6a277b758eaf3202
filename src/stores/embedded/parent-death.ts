import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

/** All that an engine sees of the environment: no credentials, no PG* settings, messages in English. */
export const ENGINE_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

let setprivWorks: boolean | undefined;

/** Busybox has a setpriv without --pdeathsig, so ask it, once. */
function hasSetpriv(): boolean {
  setprivWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true'], { env: ENGINE_ENVIRONMENT }).status === 0;
  return setprivWorks;
}

/**
 * The command that runs `command` so that the kernel sends it `signal` when this process ends, however it ends; where
 * the system cannot do that, the command itself, and `watched` false: then call `watchParent`.
 */
export function dieWithParent(
  command: string,
  args: readonly string[],
  signal: NodeJS.Signals,
): { command: string; args: string[]; watched: boolean } {
  if (!hasSetpriv()) return { command, args: [...args], watched: false };
  return {
    command: 'setpriv',
    args: ['--pdeathsig', signal.slice(3), '--', command, ...args],
    watched: true,
  };
}

/**
 * The portable stand-in for the kernel's signal: a shell that waits for its input to end, which it does when this
 * process ends, and then signals `child`. It goes away with the child.
 */
export function watchParent(child: ChildProcess, signal: NodeJS.Signals): void {
  const watcher = spawn(
    '/bin/sh',
    ['-c', 'read -r _; kill -s "$1" "$2"', 'sh', signal.slice(3), String(child.pid)],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      cwd: '/',
      env: ENGINE_ENVIRONMENT,
    },
  );
  watcher.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  child.once('exit', () => watcher.kill('SIGKILL'));
}
