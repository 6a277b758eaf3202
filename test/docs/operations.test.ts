/** docs/operations.md and the dashboard against what there is: every metric named exists, and every alarm is explained. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { terraformFiles } from '../terraform/terraform-files.ts';

const read = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** Of docs/metrics.md, which another test holds against the sources. */
async function knownMetrics(): Promise<Set<string>> {
  const rows = (await read('metrics.md')).matchAll(/^\| `([a-z0-9_]+)` +\| (counter|gauge|histogram)/gm);
  const names = new Set<string>();
  for (const [, name = '', kind] of rows) {
    for (const end of kind === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) names.add(name + end);
  }
  return names;
}

const METRIC = /\b(?:cartwright|http_server|db_client|nodejs|v8js|process)_[a-z0-9_]+\b/g;

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

test('the dashboard asks for nothing that is not measured, and for labels that there are', async () => {
  const { panels } = JSON.parse(await read('grafana-dashboard.json')) as { panels: readonly Panel[] };
  const metrics = await read('metrics.md');
  const known = await knownMetrics();
  expect(panels.length).toBeGreaterThan(10);
  for (const { title, targets } of panels) {
    for (const { expr } of targets) {
      const labels = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
      const asked = [...expr.replace(/by \([^)]*\)|\{[^}]*\}/g, '').matchAll(METRIC)].map(([name]) => name);
      expect(asked.length, `${title}: ${expr}`).toBeGreaterThan(0);
      for (const name of asked) expect(known, title).toContain(name);
      for (const label of labels) if (label !== 'le') expect(metrics, title).toContain(`\`${label}\``);
    }
  }
});

test('the page names no metric that there is not', async () => {
  const known = await knownMetrics();
  const page = await read('operations.md');
  const named = [...page.matchAll(/`((?:cartwright|http_server|db_client|nodejs|v8js|process)_[a-z0-9_]+)/g)];
  expect(named.length).toBeGreaterThan(5);
  for (const [, name = ''] of named)
    expect(
      [...known].some((one) => one.startsWith(name)),
      name,
    ).toBe(true);
});

test('every alarm of Terraform has a row', async () => {
  const page = await read('operations.md');
  const texts = terraformFiles
    .filter(({ path }) => path.startsWith('modules/alarms/'))
    .map(({ text }) => text);
  const alarms = texts.flatMap((text) =>
    [...text.matchAll(/alarm_name += "\$\{var\.name\}-([\w-]*)(.*)"$/gm)].map(([, name = '', rest = '']) =>
      rest.includes('each.key') && name.endsWith('-') ? name.slice(0, -1) : name,
    ),
  );
  const log = texts.find((text) => text.includes('lines_per_minute')) ?? '';
  const ofLines = [...log.matchAll(/^ {4}(\w+) = \{/gm)].map(([, name = '']) => name);
  const all = [...alarms.filter((name) => name !== ''), ...ofLines];
  expect(all.sort()).toEqual(
    expect.arrayContaining([
      '5xx',
      'p99',
      'unhealthy-hosts',
      'no-healthy-hosts',
      'throttles',
      'database',
      'faults',
    ]),
  );
  for (const alarm of all) expect(page, alarm).toContain(`\`…-${alarm}`);
});
