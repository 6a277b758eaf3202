/** A mover as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface MoverProcess {
  /** What it has said of the records it has met, by outcome. */
  readonly met: ReadonlyMap<string, number>;
  /** Resolves when it has looked at so many pages, or has ended. */
  hasSeen(pages: number): Promise<void>;
  /** In the middle of whatever it does. */
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('mover-process.ts', import.meta.url));

export function startMover(env: Record<string, string>): MoverProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    env: {
      PATH: process.env['PATH'],
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const met = new Map<string, number>();
  let seen = 0;
  let notify: () => void = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    for (const outcome of JSON.parse(line) as string[]) met.set(outcome, (met.get(outcome) ?? 0) + 1);
    seen += 1;
    notify();
  });
  return {
    met,
    hasSeen: (pages) =>
      new Promise((resolve) => {
        notify = () => {
          if (seen >= pages) resolve();
        };
        notify();
        void ended.then(() => {
          resolve();
        });
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
