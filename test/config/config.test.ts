import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/config.ts';

function problemsOf(
  env: Record<string, string>,
  ...lookAt: [] | [(path: string) => string | undefined]
): readonly string[] {
  try {
    loadConfig(env, ...lookAt);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
}

describe('the configuration', () => {
  it('has defaults for development', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8080,
      playground: true,
      introspection: true,
      requestTimeout: 2_000,
      cartTtl: 7 * 86_400_000,
      currency: 'USD',
      store: { type: 'postgres', url: undefined, dataDir: '.data', poolSize: 8, migrateOnStart: true },
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080 });
  });

  it('needs a store in production, and closes the playground', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toContain('DATABASE_URL must be set in production');
    expect(problemsOf({ NODE_ENV: 'production', CART_STORE_TYPE: 'dynamodb' })).toContain(
      'AWS_REGION must be set in production',
    );
  });

  it('moves carts to another store, whose variables count too', () => {
    const env = {
      CART_STORE_MOVE_TO: 'dynamodb',
      CART_STORE_MOVE_PHASE: 'follow',
      DYNAMODB_TABLE_NAME: 'carts',
    };
    expect(loadConfig({})).toMatchObject({ move: undefined });
    expect(loadConfig(env)).toMatchObject({
      store: { type: 'postgres' },
      move: { to: { type: 'dynamodb', cartsTable: 'carts' }, phase: 'follow' },
    });
    const production = { ...env, NODE_ENV: 'production', AUTH_MODE: 'none', ALLOW_UNAUTHENTICATED: 'true' };
    expect(problemsOf(production)).toEqual([
      'DATABASE_URL must be set in production',
      'AWS_REGION must be set in production',
    ]);
  });

  it.each([
    [
      { CART_STORE_MOVE_TO: 'dynamodb' },
      'CART_STORE_MOVE_PHASE must be set, to follow or handover, where CART_STORE_MOVE_TO is',
    ],
    [
      { CART_STORE_MOVE_PHASE: 'handover' },
      'CART_STORE_MOVE_TO must be set where CART_STORE_MOVE_PHASE is: it names the store that carts move to',
    ],
    [
      { CART_STORE_MOVE_TO: 'postgres', CART_STORE_MOVE_PHASE: 'follow' },
      'CART_STORE_MOVE_TO must be another store than CART_STORE_TYPE, which is postgres',
    ],
    [
      { CART_STORE_MOVE_TO: 'mysql', CART_STORE_MOVE_PHASE: 'follow' },
      'CART_STORE_MOVE_TO must be postgres or dynamodb, not "mysql"',
    ],
    [
      { CART_STORE_MOVE_TO: 'dynamodb', CART_STORE_MOVE_PHASE: 'done' },
      'CART_STORE_MOVE_PHASE must be follow or handover, not "done"',
    ],
  ])('refuses a move that is half set up: %j', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem]);
  });

  it.each(['prod', 'Production', 'PRODUCTION', 'staging', 'production '])(
    'does not take NODE_ENV=%j for development',
    (word) => {
      expect(problemsOf({ NODE_ENV: word })).toEqual([
        `NODE_ENV must be development, test or production, not ${JSON.stringify(word)}`,
      ]);
    },
  );

  it.each(['development', 'test'])('knows NODE_ENV=%s', (word) => {
    expect(loadConfig({ NODE_ENV: word })).toMatchObject({ production: false });
  });

  it.each([
    ['[::1]', '::1'],
    ['::', '::'],
    ['[fe80::1%eth0]', 'fe80::1%eth0'],
    ['0.0.0.0', '0.0.0.0'],
    ['shop.example.com', 'shop.example.com'],
  ])('listens on HOST=%s', (given, host) => {
    expect(loadConfig({ HOST: given })).toMatchObject({ host });
  });

  it.each([
    '[127.0.0.1]',
    '[::1',
    '::1]',
    '[]',
    'localhost:80',
    '[::1]:80',
    'http://localhost',
    '*',
    '1.2.3',
    '999.1.1.1',
  ])('refuses HOST=%s', (given) => {
    expect(problemsOf({ HOST: given })).toEqual([
      expect.stringMatching(/^HOST must be an IP address or a host name/),
    ]);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['CART_TTL_DAYS', '366'],
    ['CART_CURRENCY', 'XAU'],
    ['CART_CURRENCY', 'usd'],
    ['CART_STORE_TYPE', 'mysql'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_AUTH', 'kerberos'],
    ['AWS_ENDPOINT_URL_DYNAMODB', 'localhost:8000'],
    ['DYNAMODB_TABLE_NAME', 'a b'],
    ['DYNAMODB_READ_CONSISTENCY', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['PLAYGROUND', 'yes'],
  ])('refuses %s=%s by name', (name, value) => {
    const [problem, ...others] = problemsOf({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} must`));
    expect(others).toEqual([]);
  });

  it.each(['App', '1app', 'pg_app', 'rdsadmin', 'a'.repeat(64), 'a"b', 'a-b'])(
    'refuses the user %j',
    (name) => {
      expect(problemsOf({ DATABASE_IAM_USER: name })).toEqual([
        expect.stringMatching(/^DATABASE_IAM_USER must have/),
      ]);
    },
  );

  it('takes the address of a socket, with a user, as PostgreSQL’s own clients do', () => {
    const url = 'postgres://app:secret@/shop?host=/var/run/postgresql';
    expect(loadConfig({ DATABASE_URL: url }).store).toMatchObject({ url });
    const without = 'postgres://app@/shop?host=/var/run/postgresql';
    expect(loadConfig({ DATABASE_URL: without, PGPASSWORD: 'secret' }).store).toMatchObject({ url });
  });

  it('needs TLS, a region and a user for IAM tokens', () => {
    const iam = { DATABASE_AUTH: 'iam' };
    expect(problemsOf(iam)).toEqual([
      'DATABASE_URL must be set when DATABASE_AUTH is iam',
      'DATABASE_SSL_CA must be set when DATABASE_AUTH is iam',
      'AWS_REGION must be set when DATABASE_AUTH is iam',
    ]);
    const most = { ...iam, DATABASE_SSL_CA: '/ca.pem', AWS_REGION: 'us-west-2' };
    expect(problemsOf({ ...most, DATABASE_URL: 'postgres://host/db' })).toEqual([
      'DATABASE_URL must name a user when DATABASE_AUTH is iam',
    ]);
    expect(problemsOf({ ...most, DATABASE_URL: 'postgres://app@host/db' })).toEqual([]);
    expect(problemsOf({ ...iam, CART_STORE_TYPE: 'dynamodb' })).toEqual([]);
  });

  it('reports files that cannot be read together with other mistakes', () => {
    const env = { PORT: 'x', TRUSTED_DOCUMENTS: '/gone.json', DATABASE_SSL_CA: '/there.pem' };
    const lookAt = (path: string) => (path === '/there.pem' ? undefined : 'cannot be read (ENOENT)');
    expect(problemsOf(env, lookAt)).toEqual([
      'PORT must be a whole number from 0 to 65535',
      'TRUSTED_DOCUMENTS names /gone.json, which cannot be read (ENOENT)',
    ]);
  });

  it('does not look at the files of a store that is not used', () => {
    const env = { DATABASE_SSL_CA: '/gone.pem' };
    expect(problemsOf({ ...env, CART_STORE_TYPE: 'dynamodb' }, () => 'is gone')).toEqual([]);
    expect(problemsOf(env, () => 'is gone')).toEqual(['DATABASE_SSL_CA names /gone.pem, which is gone']);
  });

  it('reports every mistake at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', CART_TTL_DAYS: 'z' })).toHaveLength(3);
  });
});
