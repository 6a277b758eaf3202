import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../report/requirements-page.ts';
import { summarise } from '../report/summary.ts';
import { describeRun, noise, record } from './recorded-run.ts';

const results = mkdtempSync(join(tmpdir(), 'cartwright-requirements-'));
const page = join(results, 'page.md');
afterAll(() => {
  rmSync(results, { recursive: true });
});

function saveSummary(name: string, summary: object) {
  mkdirSync(join(results, name));
  writeFileSync(join(results, name, 'summary.json'), JSON.stringify(summary));
}

const rewrite = (name: string) => main([name, '--results', results, '--page', page], () => undefined);

it('puts the figures between the marks of the page, again and again', async () => {
  saveSummary(
    'full',
    summarise(
      describeRun('embedded'),
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
