/** `npm run catalogue` as a process of its own, compiled. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';

export interface CatalogueRun {
  readonly status: number | null;
  readonly output: string;
  /** Its lines for people: what is no line of the log. */
  readonly errors: string[];
}

/** @param env what it gets of the environment besides PATH @param input its standard input */
export async function runCatalogue(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  input = '',
): Promise<CatalogueRun> {
  const child = spawn(process.execPath, [join(inject('compiled'), 'tasks/catalogue.js'), ...args], {
    env: {
      PATH: process.env['PATH'],
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
  });
  const exited = once(child, 'close');
  // A process that refuses its arguments reads nothing.
  child.stdin.on('error', () => undefined).end(input);
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exited as Promise<[number | null]>,
  ]);
  const lines = errors.split('\n').filter((line) => line !== '' && !line.startsWith('{"level"'));
  return { status, output, errors: lines };
}
