/** Settings and outputs of Terraform that docs/deploy.md and docs/move.md name are declared. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { terraformFiles } from '../terraform/terraform-files.ts';

const declared = new Set(
  terraformFiles
    .filter(({ path }) => !path.includes('/'))
    .flatMap(({ text }) => [...text.matchAll(/^(?:variable|output) "(\w+)"/gm)].map(([, name]) => name)),
);

/** Names of PostgreSQL, PgBouncer and AWS, fields of settings, and their values. */
const OTHERS = new Set([
  'accept_after_sigterm',
  'all_are_new',
  'cartwright_app',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'max_connections',
  'max_prepared_statements',
  'nat_per_zone',
  'request_timeout_ms',
  'service_environment',
  'statement_timeout',
]);

/** Pages, and of those that are about other things too the chapter. */
const pages = [
  ['deploy.md', '# '],
  ['move.md', '## On AWS'],
] as const;

test.each(pages)('docs/%s names nothing that Terraform does not have', async (page, heading) => {
  const whole = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const chapters = whole.split(/^(?=## )/m);
  const markdown = heading === '# ' ? whole : (chapters.find((text) => text.startsWith(heading)) ?? '');
  const prose = markdown.replace(/^```[^]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  const inSpans = spans.flatMap((text) => text.match(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g) ?? []);
  const inCommands = [...markdown.matchAll(/terraform output (?:-\w+ )?(\w+)|-var (\w+)=/g)].map(
    ([, output, variable]) => output ?? variable ?? '',
  );
  const unknown = [...inSpans, ...inCommands].filter((name) => !declared.has(name) && !OTHERS.has(name));
  expect(unknown).toEqual([]);
  expect(inSpans.some((name) => declared.has(name))).toBe(true);
});
