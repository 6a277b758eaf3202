/** What Terraform tells the containers, and what the service listens to. */
import { expect, test } from 'vitest';
import { loadConfig, variableNames } from '../../src/config/config.ts';
import { limitVariables } from '../../src/config/limits.ts';
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
    dynamodb_environment: 3,
    store_settings: 6,
    service_environment: 27,
    service_secrets: 1,
    migration_environment: 10,
    migration_secrets: 1,
  });
});

const set = new Set([...namesByLocal.values()].flat());

/** Read by OpenTelemetry's own packages, not all by the configuration. */
const NOT_OF_THE_CONFIGURATION = /^OTEL_/;

test('the service reads every variable that Terraform sets', () => {
  const unknown = [...set].filter(
    (name) => !variableNames.includes(name) && !NOT_OF_THE_CONFIGURATION.test(name),
  );
  expect(unknown.sort()).toEqual([]);
});

/** What Terraform sets no variable for, and why. Any of them can stand in extra_environment. */
const withoutASetting: Readonly<Record<string, string>> = {
  AWS_ENDPOINT_URL_DYNAMODB: 'tables of Terraform are on AWS, whose address the SDK knows',
  DATA_DIR: 'production has no embedded database',
  LOG_SAMPLE: 'its default is right for most; docs/configuration.md has it',
  LOG_SLOW_MS: 'the same',
};

test('every variable that the service reads is set by Terraform, or known to have no setting there', () => {
  const limits = Object.keys(limitVariables);
  const forgotten = variableNames.filter(
    (name) =>
      !set.has(name) && !limits.includes(name) && !(name in withoutASetting) && !name.startsWith('OTEL_'),
  );
  expect(forgotten).toEqual([]);
  const both = Object.keys(withoutASetting).filter((name) => set.has(name) || !variableNames.includes(name));
  expect(both).toEqual([]);
});

test('what has no setting may stand in extra_environment: it is not taken for a secret', () => {
  const bounds = terraformFiles.find(({ path }) => path === 'bounds.tf')?.text ?? '';
  const secretNames = new RegExp(/secret_names = "(.+)"/.exec(bounds)?.[1] ?? '');
  expect('OTEL_API_KEY').toMatch(secretNames);
  const refused = [...Object.keys(withoutASetting), 'OTEL_TRACES_SAMPLER'].filter((name) =>
    secretNames.test(name),
  );
  expect(refused).toEqual([]);
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
  // Those of DynamoDB are there while carts are in it.
  expect(Object.keys(values).sort()).toEqual(names.filter((name) => !name.startsWith('DYNAMODB_')).sort());
  // As tasks read it: they serve nobody.
  const { store } = loadConfig({ ...values, AUTH_MODE: 'none', ALLOW_UNAUTHENTICATED: 'true' });
  expect(store).toMatchObject({
    auth: 'password',
    sslCa: '/app/rds-ca.pem',
    iamUser: 'cartwright_app',
    url: 'postgres://cartwright:p%23%3A%2F%3F%2541@db.example.us-west-2.rds.amazonaws.com:5432/cartwright',
  });
});
