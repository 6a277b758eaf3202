import { expect, it } from 'vitest';
import { inheritedEnvironment } from '../processes/service-environment.ts';

const shell = {
  PATH: '/bin',
  AWS_REGION: 'us-west-2',
  AWS_ENDPOINT_URL: 'http://x',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://x',
  WORKERS: '2',
  AUTH_MODE: 'jwt',
  DATABASE_POOL_SIZE: '1',
  DATABASE_AUTH: 'iam',
  DYNAMODB_TABLE_NAME: 'mine',
  BENCH_TOKEN: 'secret',
  CART_STORE_TYPE: 'dynamodb',
};

it('takes no setting of the service from the shell', () => {
  expect(inheritedEnvironment(shell, {})).toEqual({ PATH: '/bin', AWS_REGION: 'us-west-2' });
});

it('takes the log-in and the tables of a database that was named', () => {
  expect(Object.keys(inheritedEnvironment(shell, { DATABASE_URL: 'postgres://x' }))).toContain(
    'DATABASE_AUTH',
  );
  expect(Object.keys(inheritedEnvironment(shell, { AWS_ENDPOINT_URL_DYNAMODB: 'http://y' }))).toContain(
    'DYNAMODB_TABLE_NAME',
  );
});
