import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../report/requirements-page.ts';
import type { RunDescription } from '../compare/records.ts';
import { summarise } from '../report/summary.ts';
import { noise, now, record, settings } from './recorded-run.ts';

const results = mkdtempSync(join(tmpdir(), 'cartwright-requirements-'));
const page = join(results, 'page.md');
afterAll(() => {
  rmSync(results, { recursive: true });
});

const run: RunDescription = {
  name: 'full',
  startedAt: now.toISOString(),
  settings,
  environment: {
    commit: 'abc',
    node: 'v20',
    system: 'Linux',
    cpu: 'CPU',
    cpus: 2,
    memoryGb: 4,
    loadBefore: 0.1,
    pinning: 'none',
    scheduling: 'normal',
  },
  sides: {
    first: { label: 'PostgreSQL', behind: 'one', engine: 'embedded' },
    second: { label: 'DynamoDB', behind: 'two', engine: 'embedded' },
  },
};

function saveSummary(name: string, summary: object) {
  mkdirSync(join(results, name));
  writeFileSync(join(results, name, 'summary.json'), JSON.stringify(summary));
}

const rewrite = (name: string) => main([name, '--results', results, '--page', page], () => undefined);

it('puts the figures between the marks of the page, again and again', async () => {
  saveSummary(
    'full',
    summarise(
      run,
      record((_, random) => noise(random)),
      [],
    ),
  );
  writeFileSync(page, '# Title\n\n<!-- figures: begin -->\n\nold\n\n<!-- figures: end -->\n\nmore\n');
  await rewrite('full');
  const once = readFileSync(page, 'utf8');
  expect(once).toMatch(
    /get cart by id, p95 < 50 ms +\| One statement .* \| holds: \d.\d\d ms \(\d+ requests\)/,
  );
  expect(once).toContain('a full run of commit abc, started 2026-01-19');
  expect(once).not.toContain('\nold\n');
  expect(once.trimEnd().endsWith('more')).toBe(true);
  await rewrite('full');
  expect(readFileSync(page, 'utf8')).toBe(once);
});

it('refuses a result that is not there or that has no counts', async () => {
  await expect(rewrite('none')).rejects.toThrow('there is no');
  saveSummary('older', { requirements: [{ title: 'x', limit: 1, p95: {}, outcome: {} }] });
  await expect(rewrite('older')).rejects.toThrow('older format');
});
