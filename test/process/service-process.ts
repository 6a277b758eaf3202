/** The service as its own process, compiled, or as `npm start` runs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import type {} from '../support/compile-service.ts';
import { patience } from '../support/patience.ts';

export interface ServiceProcess {
  readonly child: ChildProcess;
  /** `http://127.0.0.1:port`, as soon as it listens. @throws Error with its output when it ends before */
  readonly listening: Promise<string>;
  /** Everything it has written so far. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

const root = new URL('../..', import.meta.url);

/**
 * @param env what it gets of the environment besides PATH and {@link patience}; PORT is any free one unless given
 * @param script of `src/`; what was compiled from it is run
 */
export function startService(env: Record<string, string>, script = 'src/main.ts'): ServiceProcess {
  const compiled = join(inject('compiled'), script.replace(/^src\//, '').replace(/\.ts$/, '.js'));
  return startProgram(process.execPath, [compiled], { ...patience, ...env });
}

/** As from a terminal: npm, its shell and the service in one process group, whose number is that of `child`. */
export function startWithNpm(env: Record<string, string>): ServiceProcess {
  return startProgram('npm', ['start'], env);
}

function startProgram(command: string, args: string[], env: Record<string, string>): ServiceProcess {
  const child = spawn(command, args, {
    cwd: root,
    // The SDK's warning about the version of Node is no answer of the program's.
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: command === 'npm',
  });
  let output = '';
  const exited = once(child, 'close').then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null,
  );
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const listening = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      const { msg, port } = parseLog(line);
      if (msg === 'listening') resolve(`http://127.0.0.1:${port}`);
    });
    void exited.then((end) => {
      reject(new Error(`The service ended with ${String(end)}:\n${output}`));
    });
  });
  listening.catch(() => undefined);
  return { child, listening, output: () => output, ended: () => exited };
}

function parseLog(line: string): { msg?: string; port?: number } {
  try {
    return JSON.parse(line) as { msg?: string; port?: number };
  } catch {
    return {};
  }
}

/** The body of the answer to a GraphQL request. */
export async function post(
  url: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: text }),
  });
  return response.text();
}

/** The `data` of a GraphQL request. @throws Error for an answer with errors */
export async function query(
  ...request: Parameters<typeof post>
): Promise<Record<string, Record<string, unknown> | null>> {
  const { data, errors } = JSON.parse(await post(...request)) as { data: never; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
