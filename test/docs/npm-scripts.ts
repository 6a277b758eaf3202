/** What the scripts of package.json run. */
import { readFile } from 'node:fs/promises';

const root = new URL('../../', import.meta.url);
const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

export const scriptNames: ReadonlySet<string> = new Set(Object.keys(scripts));

type Main = (args: readonly string[], print: (text: string) => unknown) => number | Promise<number>;

/** The program behind `npm run <script> -- <args>`, and its arguments. */
export async function mainOf(command: string): Promise<{ main: Main; args: string[] }> {
  const [, , script = '', , ...args] = command.split(' ');
  // bench/run.ts is given the program's place in bench/.
  const [, place = ''] = /(?:bench\/run\.ts |bench\/)(\S+\.ts)/.exec(scripts[script] ?? '') ?? [];
  const { main } = (await import(new URL(`bench/${place}`, root).href)) as { main: Main };
  return { main, args };
}
