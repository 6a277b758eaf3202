/**
 * Every command of README.md and docs/ is run as it stands there, but for its port, or is listed with the reason why not. Those
 * that need the bench's packages are run by bench/test/documented.test.ts. README's first start is from source, as its
 * readers will run it; so is all the rest with COMMANDS_FROM_SOURCE=true, as .ci/run has it.
 */
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readInvocation } from '../../bench/compare/settings.ts';
import { DEMO_PRODUCTS } from '../../src/stores/demo-catalog.ts';
import { query } from '../process/service-process.ts';
import type {} from '../support/compile-service.ts';
import { pathToBundle } from './bundled-programs.ts';
import { startDocumented, type DocumentedServices } from './running-services.ts';
import { commandsOf, type Command } from './shell-blocks.ts';
import { STAND_INS, unrunCommands } from './unrun-commands.ts';

const root = new URL('../../', import.meta.url);
const run = promisify(execFile);
const read = (page: string) => readFile(new URL(page, root), 'utf8');

const pages = [
  'README.md',
  ...(await readdir(new URL('docs/', root)))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const commands = (await Promise.all(pages.map(async (page) => commandsOf(page, await read(page))))).flat();
const DEPLOY = 'docs/deploy.md';
const START = 'npm ci && npm start';
const START_DYNAMODB = 'CART_STORE_TYPE=dynamodb npm start';
const SECRET = 'a secret of at least 32 characters';

const isListed = ({ page, name }: Command) => unrunCommands[page]?.[name] !== undefined;
/** What changes an account in the cloud: it runs behind docs/deploy.md, with the same stand-ins. */
const inCloud = ({ page, text }: Command) =>
  page === DEPLOY ||
  (page === 'docs/catalogue.md' && /^(aws |FILE=|catalogue)/.test(text)) ||
  (page === 'docs/move.md' && /^(aws |terraform |move|all_are_new)/.test(text));
const isStart = ({ name }: Command) => [START, START_DYNAMODB].includes(name);
const toRun = commands.filter((one) => !inCloud(one) && !isListed(one) && !isStart(one));

test('what no test runs is listed, and nothing that no page has', () => {
  const names = (page: string) => commands.filter((one) => one.page === page).map(({ name }) => name);
  for (const [page, listed] of Object.entries(unrunCommands)) {
    expect(names(page)).toEqual(expect.arrayContaining(Object.keys(listed)));
  }
  expect(names('README.md')).toEqual(expect.arrayContaining([START, START_DYNAMODB]));
  // Not to find fewer commands than there are.
  expect(toRun.map(({ name }) => name.split(' ')[0])).toContain('curl');
  expect(commands.filter(({ page }) => page === DEPLOY).length).toBeGreaterThan(40);
});

test.each(commands.filter(({ name }) => name.startsWith('npm run compare')))('$name', ({ text }) => {
  const line = text.replace(/\s+#.*$/, '');
  expect(() => readInvocation(line.split(' ').slice(4), new Date(0))).not.toThrow();
});

describe('against a service started as README.md says', () => {
  let services: DocumentedServices;
  beforeAll(async () => {
    const { PATH = '', COMMANDS_FROM_SOURCE } = process.env;
    const starts = { [START]: { PATH }, [START_DYNAMODB]: { AUTH_MODE: 'jwt', AUTH_JWT_SECRET: SECRET } };
    services = await startDocumented(starts, async (folder) =>
      COMMANDS_FROM_SOURCE === 'true' ? PATH : pathToBundle(folder, inject('compiled')),
    );
  }, 120_000);
  afterAll(() => services.close(), 60_000);

  test.each(toRun)('$page: $name', async ({ text, printed }) => {
    const address = new URL(services.url(START)).host;
    const env = { ...process.env, PATH: services.path, DATA_DIR: join(services.folder, 'catalogue') };
    const { stdout } = await run('bash', ['-c', text.replaceAll('localhost:8080', address)], {
      cwd: root,
      env,
    });
    if (printed !== undefined) expect(JSON.parse(stdout)).toEqual(withPlaceholders(printed));
    // The status of a pipeline is that of its end, which fails for nobody before it.
    if (text.includes(' | ')) expect(stdout).not.toBe('');
  });

  test('each start is of the store it names', async () => {
    for (const [start, store] of [
      [START, 'postgres'],
      [START_DYNAMODB, 'dynamodb'],
    ] as const) {
      const answer = await fetch(`${services.url(start)}/health`);
      expect(await answer.json()).toMatchObject({ status: 'healthy', store });
      // With all of the demo catalogue.
      const last = await query(services.url(start), `{ product(id: ${DEMO_PRODUCTS}) { imageUrl } }`);
      expect(last['product']?.['imageUrl']).toMatch(/\/playground\/products\/[a-z]+-10000\.svg$/);
    }
  });

  test('docs/deploy.md from its first command to its last, with stand-ins for the cloud', async () => {
    await cp(new URL('terraform/', root), join(services.folder, 'terraform'), { recursive: true });
    const calls = join(services.folder, 'calls');
    const script = join(services.folder, 'deploy.sh');
    const ofDeploy = commands.filter(({ page }) => page === DEPLOY);
    const others = commands.filter((one) => inCloud(one) && one.page !== DEPLOY);
    const texts = [...ofDeploy, ...others].map(({ text }) => text);
    await writeFile(script, [await read('test/docs/stand-ins.sh'), ...texts, ''].join('\n'));
    const env = { PATH: process.env['PATH'], CALLS: calls, SECRET, SERVICE: services.url(START_DYNAMODB) };
    const { stdout } = await run('bash', [script], { cwd: services.folder, env });
    expect(stdout).toContain('{"status":"healthy","store":"dynamodb"}');
    expect(stdout).toMatch(/"totalAmount":\{"amount":"59.98","currency":"USD"\}\},"userErrors":\[\]/);
    const called = await readFile(calls, 'utf8');
    for (const program of STAND_INS) expect(called).toContain(`${program} `);
    expect(called).toMatch(/--overrides .*"command":\["node","dist\/tasks\/catalogue.js","import"/);
    for (const step of ['migrate', 'catalogue', 'run', 'status', 'verify']) {
      expect(called).toContain(`aws ecs run-task ${step}\n`);
    }
    const backend = await readFile(join(services.folder, 'terraform', 'backend.tf'), 'utf8');
    expect(backend).toContain('my-company-terraform-state');
  });
});

/** A text with "…" in it stands for any text. */
function withPlaceholders(printed: unknown): unknown {
  if (typeof printed === 'string' && printed.includes('…')) return expect.any(String);
  if (Array.isArray(printed)) return printed.map(withPlaceholders);
  if (typeof printed !== 'object' || printed === null) return printed;
  return Object.fromEntries(Object.entries(printed).map(([name, value]) => [name, withPlaceholders(value)]));
}
