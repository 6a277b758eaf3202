import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Starts the stand-in server as a process of its own; it ends with `stop` or with this process. */
export async function startStandIn(
  ...args: string[]
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const file = new URL('./stand-in-server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('the stand-in server did not start'))),
  ])) as [Buffer];
  return {
    url: `http://127.0.0.1:${Number(line.toString())}`,
    pid: child.pid ?? 0,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
