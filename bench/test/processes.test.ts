import { expect, it } from 'vitest';
import { inheritedEnvironment } from '../processes/launch.ts';
import { parseCpuList } from '../processes/machine.ts';

it('reads lists of CPUs', () => {
  expect([parseCpuList('0-2,5'), parseCpuList('3')]).toEqual([[0, 1, 2, 5], [3]]);
});

it('takes no setting of the service from the shell, but the log-in and the tables of a database that was named', () => {
  const shell = {
    ...{ PATH: '/bin', AWS_REGION: 'us-west-2', WORKERS: '2', AUTH_MODE: 'jwt', BENCH_TOKEN: 'secret' },
    ...{ AWS_ENDPOINT_URL: 'http://x', AWS_ENDPOINT_URL_DYNAMODB: 'http://x' },
    ...{ DATABASE_AUTH: 'iam', DYNAMODB_TABLE_NAME: 'mine' },
  };
  const names = (given: Record<string, string>) => Object.keys(inheritedEnvironment(shell, given));
  expect(names({})).toEqual(['PATH', 'AWS_REGION']);
  expect(names({ DATABASE_URL: 'postgres://x' })).toContain('DATABASE_AUTH');
  expect(names({ AWS_ENDPOINT_URL_DYNAMODB: 'http://y' })).toContain('DYNAMODB_TABLE_NAME');
});
