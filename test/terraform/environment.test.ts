/** What Terraform tells the containers, and what the service listens to. */
import { expect, test } from 'vitest';
import { loadConfig, variableNames } from '../../src/config/config.ts';
import { codeLines, terraformFiles } from './terraform-files.ts';

const text = terraformFiles.find(({ path }) => path === 'environment.tf')?.text ?? '';

/** The names that one of the file's locals sets, by the name of that local. */
const namesByLocal = new Map<string, string[]>();
let current: string[] = [];
for (const { line } of codeLines(text)) {
  const [, local] = /^ {2}(\w+) += /.exec(line) ?? [];
  if (local !== undefined) namesByLocal.set(local, (current = []));
  const [, name] = /^ +([A-Z][A-Z0-9_]*) += /.exec(line) ?? [];
  if (name !== undefined) current.push(name);
}

test('the file was understood', () => {
  const counts = [...namesByLocal]
    .filter(([, names]) => names.length > 0)
    .map(([local, { length }]) => [local, length]);
  expect(Object.fromEntries(counts)).toEqual({
    postgres_environment: 4,
    dynamodb_environment: 4,
    store_settings: 6,
    service_environment: 23,
    service_secrets: 1,
    migration_environment: 9,
    migration_secrets: 1,
  });
});

test('the service reads every variable that Terraform sets', () => {
  const set = new Set([...namesByLocal.values()].flat());
  const unknown = [...set].filter((name) => !variableNames.includes(name));
  expect(unknown.sort()).toEqual([]);
});

test('the migration task on PostgreSQL has a configuration', () => {
  const values: Record<string, string> = {
    NODE_ENV: 'production',
    AWS_REGION: 'us-west-2',
    CART_STORE_TYPE: 'postgres',
    CART_CURRENCY: 'USD',
    LOG_LEVEL: 'info',
    DATABASE_URL: 'postgres://cartwright@db.example.us-west-2.rds.amazonaws.com:5432/cartwright',
    DATABASE_AUTH: 'password',
    DATABASE_SSL_CA: '/app/rds-ca.pem',
    DATABASE_IAM_USER: 'cartwright_app',
    PGPASSWORD: 'p#:/?%41',
  };
  const names = ['migration_environment', 'migration_secrets'].flatMap(
    (local) => namesByLocal.get(local) ?? [],
  );
  expect(Object.keys(values).sort()).toEqual(names.sort());
  // As tasks read it: they serve nobody.
  const { store } = loadConfig({ ...values, AUTH_MODE: 'none', ALLOW_UNAUTHENTICATED: 'true' });
  expect(store).toMatchObject({
    auth: 'password',
    sslCa: '/app/rds-ca.pem',
    iamUser: 'cartwright_app',
    url: 'postgres://cartwright:p%23%3A%2F%3F%2541@db.example.us-west-2.rds.amazonaws.com:5432/cartwright',
  });
});
