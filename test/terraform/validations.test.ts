/** What Terraform takes, the service takes too, and what the service takes can be said in Terraform. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isSupportedCurrency } from '../../src/cart/currencies.ts';
import { ConfigError, loadConfig } from '../../src/config/config.ts';
import { limitVariables } from '../../src/config/limits.ts';
import { parseModules, terraformFiles, terraformRoot, type Body } from './terraform-files.ts';

let variables: Map<string, Body>;
beforeAll(async () => {
  variables = (await parseModules()).find(({ path }) => path === '.')?.variables ?? new Map<string, Body>();
});

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/carts',
  AUTH_MODE: 'jwt',
  AUTH_JWT_SECRET: 'x'.repeat(32),
};

function accepts(environment: Record<string, string>): boolean {
  try {
    loadConfig({ ...production, ...environment });
    return true;
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}

/** The patterns in a variable's validations, in order. */
function patternsOf(name: string): RegExp[] {
  const validations = (variables.get(name)?.['validation'] ?? []) as Body[];
  const conditions = validations.map(({ condition }) => String(condition)).join();
  return [...conditions.matchAll(/regex\(("(?:[^"\\]|\\.)*")/g)].map(
    ([, text = '']) => new RegExp(JSON.parse(text) as string),
  );
}

test('the currencies are those that the service can keep', async () => {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  const file = join(terraformRoot, 'currencies.json');
  // Other currencies, on purpose? vitest -u writes the file.
  await expect(`${JSON.stringify(codes.filter(isSupportedCurrency), null, 2)}\n`).toMatchFileSnapshot(file);
}, 60_000);

describe('the limits', () => {
  const bounds = terraformFiles.find(({ path }) => path === 'bounds.tf')?.text ?? '';
  const ranges = [...bounds.matchAll(/^ {4}(\w+) += \{ least = (\d+), most = (\d+) \}/gm)].map(
    ([, name = '', least, most]) => ({ name, least: Number(least), most: Number(most) }),
  );

  test('are all there', () => {
    const names = Object.keys(limitVariables).map((name) => name.toLowerCase());
    expect(ranges.map(({ name }) => name).sort()).toEqual(names.sort());
    const type = String(variables.get('limits')?.['type']);
    expect([...type.matchAll(/(\w+) *= optional\(number\)/g)].map(([, name]) => name).sort()).toEqual(names);
  });

  test.each(ranges)('$name: from $least to $most, as in the service', ({ name, least, most }) => {
    const taken = [least - 1, least, most, most + 1].map((value) =>
      accepts({ [name.toUpperCase()]: String(value) }),
    );
    expect(taken).toEqual([false, true, true, false]);
  });
});

test.each([
  ['auth_clock_skew_seconds', 'AUTH_CLOCK_SKEW_SECONDS', 0, 300],
  ['cart_ttl_days', 'CART_TTL_DAYS', 1, 365],
  ['workers', 'WORKERS', 1, 64],
  ['database_pool_size', 'DATABASE_POOL_SIZE', 1, 200],
])('%s has the bounds of %s, and is whole', (name, variable, least, most) => {
  const condition = JSON.stringify(variables.get(name)?.['validation']);
  expect(condition).toContain(`var.${name} >= ${least} && var.${name} <= ${most} && floor(var.${name})`);
  expect([least - 1, least, most, most + 1].map((value) => accepts({ [variable]: String(value) }))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

/** Settings of several numbers: how Terraform writes the bounds of each, and the service's variable. */
test.each([
  ['database_timeouts_ms', 'DATABASE_CONNECT_TIMEOUT_MS', 50, 60_000, '(name == "lock" ? 10 : 50)'],
  ['database_timeouts_ms', 'DATABASE_STATEMENT_TIMEOUT_MS', 50, 60_000, 'value <= 60000'],
  ['database_timeouts_ms', 'DATABASE_LOCK_TIMEOUT_MS', 10, 60_000, '(name == "lock" ? 10 : 50)'],
  ['dynamodb_client', 'DYNAMODB_CONNECT_TIMEOUT_MS', 50, 60_000, '(name == "max_attempts" ? 1 : 50)'],
  ['dynamodb_client', 'DYNAMODB_REQUEST_TIMEOUT_MS', 50, 60_000, '(name == "max_attempts" ? 10 : 60000)'],
  ['dynamodb_client', 'DYNAMODB_MAX_ATTEMPTS', 1, 10, '(name == "max_attempts" ? 10 : 60000)'],
])('%s has the bounds of %s', (name, variable, least, most, written) => {
  const validations = (variables.get(name)?.['validation'] ?? []) as Body[];
  expect(String(validations[0]?.['condition'])).toContain(written);
  expect([least - 1, least, most, most + 1].map((value) => accepts({ [variable]: String(value) }))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('the levels of the log, the words of a store and of its reads are those of the service', () => {
  const wordsOf = (name: string) => {
    const validations = (variables.get(name)?.['validation'] ?? []) as Body[];
    const [, list = ''] = /contains\(\[([^\]]*)\]/.exec(String(validations[0]?.['condition'])) ?? [];
    return [...list.matchAll(/"(\w+)"/g)].map(([, word = '']) => word);
  };
  for (const [name, variable, count] of [
    ['log_level', 'LOG_LEVEL', 7],
    ['cart_store_type', 'CART_STORE_TYPE', 2],
    ['dynamodb_read_consistency', 'DYNAMODB_READ_CONSISTENCY', 2],
    ['auth_mode', 'AUTH_MODE', 2],
  ] as const) {
    const words = wordsOf(name);
    expect(words, name).toHaveLength(count);
    const others = { AWS_REGION: 'us-west-2', ALLOW_UNAUTHENTICATED: 'true' };
    const keys = variable === 'AUTH_MODE' ? { AUTH_JWT_SECRET: 'x'.repeat(32) } : {};
    const taken = words.filter((word) => accepts({ ...others, ...keys, [variable]: word }));
    expect(taken, name).toEqual(words);
    expect(accepts({ ...others, [variable]: 'another' }), name).toBe(false);
  }
});

/** Texts, and whether each may be given. */
const texts: Record<string, [text: string, taken: boolean][]> = {
  CORS_ORIGINS: [
    ['https://shop.example.com', true],
    ['http://localhost:3000', true],
    ['https://127.0.0.1:8443', true],
    ['https://a_b.example.com', true],
    ['https://xn--bcher-kva.example', true],
    ['https://Shop.example.com', false],
    ['https://shop.example.com/', false],
    ['https://shop.example.com/path', false],
    ['https://shop.example.com:443', false],
    ['http://shop.example.com:80', false],
    ['https://shop.example.com:0443', false],
    ['https://shop.example.com:65536', false],
    ['https://1.2.3', false],
    ['https://256.1.1.1', false],
    ['https://*.example.com', false],
    ['ftp://shop.example.com', false],
    ['shop.example.com', false],
    ['*', false],
  ],
  BASE_PATH: [
    ['/shop', true],
    ['/shop/v1.0/~a_b-c', true],
    ['shop', false],
    ['/shop/', false],
    ['/', false],
    ['/a/../b', false],
    ['/.', false],
    ['/a b', false],
  ],
};

test.each(Object.entries(texts))('%s: what the service takes', (variable, samples) => {
  expect(samples.map(([text]) => [text, accepts({ [variable]: text })])).toEqual(samples);
});

test('origins: what Terraform takes', () => {
  const [origin, ownPort, port] = patternsOf('cors_origins');
  if (!origin || !ownPort || !port) throw new Error('the patterns of cors_origins were not understood');
  const takes = (text: string) =>
    origin.test(text) && !ownPort.test(text) && Number(port.exec(text)?.[1] ?? 0) <= 65_535;
  expect(texts['CORS_ORIGINS']?.map(([text]) => [text, takes(text)])).toEqual(texts['CORS_ORIGINS']);
});

test('the path before all others: what Terraform takes', () => {
  const [path, dots] = patternsOf('base_path');
  if (!path || !dots) throw new Error('the patterns of base_path were not understood');
  const takes = (text: string) => path.test(text) && !dots.test(text);
  expect(texts['BASE_PATH']?.map(([text]) => [text, takes(text)])).toEqual(texts['BASE_PATH']);
});

test.each([
  ['HS256', { AUTH_JWT_SECRET: 'x'.repeat(32) }],
  [
    'RS256',
    { AUTH_JWT_SECRET: '', AUTH_JWKS_URL: 'https://a.example', AUTH_JWT_ISSUER: 'i', AUTH_JWT_AUDIENCE: 'a' },
  ],
])("the algorithms of the kind of %s are the service's", (first, keys) => {
  const condition = JSON.stringify(variables.get('auth_jwt_algorithms')?.['validation']);
  const kinds = [...condition.matchAll(/\[([^\][{}]*256[^\][{}]*)\]/g)].map(([, list = '']) =>
    [...list.matchAll(/[A-Z][A-Za-z]+\d*/g)].map(([name]) => name),
  );
  const all = kinds.flat();
  expect(all).toHaveLength(13);
  const taken = all.filter((name) => accepts({ ...keys, AUTH_JWT_ALGORITHMS: name }));
  expect(taken).toEqual(kinds.find((names) => names.includes(first)));
});
