/** The scripts of package.json run in whatever shell npm has: sh, or cmd on Windows. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

/** What cmd takes for text, or does not know. */
const ONLY_IN_SH = [/(^|[&|] *)\w+=/, /'/, /[$`;]/, /(^|[&|] *)(exec|export|cd|rm|test|true) /];
const GUARDED = /^node scripts\/has-exec\.mjs && exec (.+) \|\| (.+)$/;

describe.each(Object.entries(scripts))('npm run %s', (name, script) => {
  it('has nothing that only one shell knows', () => {
    const [, inSh, inCmd] = GUARDED.exec(script) ?? [undefined, script, script];
    expect(inSh).toBe(inCmd);
    for (const pattern of ONLY_IN_SH) expect(inCmd, name).not.toMatch(pattern);
  });
});

it('the programs are there', () => {
  const named = Object.values(scripts).flatMap((script) => {
    const files = script.match(/\b(src|bench|scripts|examples|client)\/[\w/.-]+\.\w+/g) ?? [];
    // bench/run.ts is given the place of its program in bench/.
    const [, ofBench] = /bench\/run\.ts (\S+)/.exec(script) ?? [];
    return ofBench === undefined ? files : [...files, `bench/${ofBench}`];
  });
  expect(named).toEqual(
    expect.arrayContaining(['src/main.ts', 'src/tasks/seed.ts', 'bench/compare/compare.ts']),
  );
  expect(named.filter((file) => !existsSync(`${root}/${file}`))).toEqual([]);
});

it('a service takes the place of the shell, where there is exec', () => {
  for (const name of ['start', 'serve']) expect(scripts[name]).toMatch(GUARDED);
  const [guard = ''] = (scripts['start'] ?? '').split(' && ');
  const ran = (script: string) => execFileSync('sh', ['-c', script], { cwd: root, encoding: 'utf8' }).trim();
  expect(ran(`${guard} && exec echo exec || echo plain`)).toBe('exec');
  // As on Windows, where the guard's status is 1.
  expect(ran(`node -p 1 && node -e "process.exit(1)" && exec echo exec || echo plain`)).toBe('1\nplain');
});
