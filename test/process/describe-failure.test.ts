import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { describeFailure } from '../../src/process/describe-failure.ts';

const failure = (code: string | undefined, message = 'the reason', more: object = {}) =>
  Object.assign(new Error(message), { ...(code !== undefined && { code }) }, more);

const url = 'postgres://app:hunter2@db.example.com:5432/shop';
const postgres = loadConfig({ DATABASE_URL: url });
const iam = loadConfig({
  DATABASE_URL: url,
  DATABASE_AUTH: 'iam',
  DATABASE_SSL_CA: '/ca.pem',
  AWS_REGION: 'x',
});
const embedded = loadConfig({});
const dynamodb = loadConfig({
  CART_STORE_TYPE: 'dynamodb',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000',
});
const aws = loadConfig({
  CART_STORE_TYPE: 'dynamodb',
  AWS_REGION: 'us-west-2',
  NODE_ENV: 'production',
  ALLOW_UNAUTHENTICATED: 'true',
});

describe('one line about a failure', () => {
  it('tells a server that wants TLS from one that refuses the password', () => {
    const refusal = Object.assign(
      new Error('no pg_hba.conf entry for host "10.0.0.1", user "app", database "shop", no encryption'),
      { code: '28000' },
    );
    expect(describeFailure(refusal, postgres)).toContain(
      'takes no connection without TLS. Set DATABASE_SSL_CA',
    );
  });

  it.each([
    ['28P01', 'refuses the user or the password. Correct DATABASE_URL, or PGPASSWORD'],
    ['3D000', 'has no database shop. Create it, or correct DATABASE_URL'],
    ['42P01', 'lacks tables. Run "npm run migrate"'],
    ['42501', 'does not let app do this. Migrate as the owner'],
    ['53300', 'has no connection left. Lower DATABASE_POOL_SIZE'],
    ['57P03', 'is starting or stopping. Try again'],
    ['ENOTFOUND', 'cannot be reached. Check that it runs and that DATABASE_URL is right'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'is not trusted. DATABASE_SSL_CA must hold the authority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'DATABASE_URL the host name in it'],
    ['CERT_HAS_EXPIRED', 'is not trusted'],
  ])('PostgreSQL: %s', (code, advice) => {
    const line = describeFailure(failure(code), postgres);
    expect(line).toContain('PostgreSQL at db.example.com:5432');
    expect(line).toContain(advice);
    expect(line).toContain(`(${code}: the reason)`);
    expect(line).not.toContain('hunter2');
  });

  it.each([
    ['timeout exceeded when trying to connect', 'cannot be reached'],
    ['Connection terminated unexpectedly', 'cannot be reached'],
    ['The server does not support SSL connections', 'does not offer TLS'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'asks for a password'],
  ])('PostgreSQL, by its words: %s', (message, advice) => {
    expect(describeFailure(failure(undefined, message), postgres)).toContain(advice);
  });

  it('names what IAM tokens need', () => {
    expect(describeFailure(failure('28000'), iam)).toMatch(
      /refuses the IAM token of app\. .*rds-db:connect.*AWS_REGION/,
    );
  });

  it.each([
    [dynamodb, 'ECONNREFUSED', 'DynamoDB at http://localhost:8000 cannot be reached'],
    [dynamodb, 'ResourceNotFoundException', 'Run "npm run dynamodb:setup"'],
    [aws, 'ResourceNotFoundException', 'DynamoDB at AWS, us-west-2 lacks a table. Terraform makes it'],
    [aws, 'CredentialsProviderError', 'There are no AWS credentials'],
  ])('DynamoDB: %#', (config, name, advice) => {
    const error = name === 'ECONNREFUSED' ? failure(name) : failure(undefined, 'the reason', { name });
    expect(describeFailure(error, config)).toContain(advice);
  });

  it('finds the reason in a cause, and among several addresses', () => {
    expect(describeFailure(new Error('outer', { cause: failure('42P01') }), postgres)).toContain(
      'npm run migrate',
    );
    const both = Object.assign(new AggregateError([failure('ECONNREFUSED', 'refused')], ''), {
      code: 'ECONNREFUSED',
    });
    expect(describeFailure(both, postgres)).toMatch(/cannot be reached.*\(ECONNREFUSED: refused\)$/);
  });

  it('leaves the words of an embedded engine, on one line', () => {
    expect(describeFailure(failure('28P01', 'PostgreSQL ended.\n  First.\n  Second.'), embedded)).toBe(
      'PostgreSQL ended. First. Second.',
    );
  });

  it('blames HOST, and not the database, for a name of HOST that cannot be resolved', () => {
    const notFound = failure('ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere.example', {
      syscall: 'getaddrinfo',
      hostname: 'nowhere.example',
    });
    const config = loadConfig({ DATABASE_URL: url, HOST: 'nowhere.example' });
    expect(describeFailure(notFound, config)).toMatch(
      /^HOST is nowhere\.example, which no name server knows/,
    );
    for (const config of [
      postgres,
      loadConfig({ DATABASE_URL: 'postgres://nowhere.example/db', HOST: 'nowhere.example' }),
    ]) {
      expect(describeFailure(notFound, config)).toContain('cannot be reached. Check that it runs');
    }
  });

  it('knows a worker’s way to say that the port is taken', () => {
    const taken = failure('EADDRINUSE', 'bind EADDRINUSE 127.0.0.1:8080', { syscall: 'bind' });
    expect(describeFailure(taken, postgres)).toMatch(/^Port 8080 on 127\.0\.0\.1 is in use/);
  });

  it.each([
    [
      'EADDRINUSE',
      'Port 8080 on 127.0.0.1 is in use (EADDRINUSE). Stop what uses it, or set PORT to another one.',
    ],
    ['EACCES', 'This user may not listen on port 8080 (EACCES). Set PORT to one above 1023.'],
    ['EADDRNOTAVAIL', 'This machine has no address 127.0.0.1 (EADDRNOTAVAIL). Correct HOST.'],
    ['EOTHER', 'Cannot listen on 127.0.0.1, port 8080 (EOTHER). Check HOST and PORT.'],
  ])('listening: %s', (code, line) => {
    expect(describeFailure(failure(code, 'x', { syscall: 'listen' }), postgres)).toBe(line);
  });
});
