/** Logging in for real: to a server with TLS, to one without, with passwords and with IAM tokens. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Signer } from '@aws-sdk/rds-signer';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { loadConfig, type StoreConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { openStores, type Stores } from '../../../src/stores/open-stores.ts';
import { prepareLogin } from '../../../src/stores/postgres/login.ts';
import { openPostgres } from '../../../src/stores/postgres/postgres.ts';
import { createAuthority } from '../../support/certificates.ts';
import { query, startTlsPostgres, type TlsPostgres } from '../../support/tls-postgres.ts';

type PostgresConfig = Extract<StoreConfig, { type: 'postgres' }>;

let server: TlsPostgres;
beforeAll(async () => {
  server = await startTlsPostgres();
});
afterAll(() => server.close());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function configOf(env: Record<string, string>): PostgresConfig {
  const patient = { DATABASE_CONNECT_TIMEOUT_MS: '20000', DATABASE_STATEMENT_TIMEOUT_MS: '20000' };
  const { store } = loadConfig({ ...patient, ...env });
  if (store.type !== 'postgres') throw new Error('not PostgreSQL');
  return store;
}

/** Whether the connection is encrypted, as the server sees it. */
async function connect(env: Record<string, string>): Promise<boolean | undefined> {
  const config = configOf(env);
  const { db, close } = openPostgres({
    ...config,
    ...(await prepareLogin(config)),
    connectionString: config.url ?? '',
    onError: () => undefined,
  });
  try {
    const { rows } = await sql<{ ssl: boolean }>`
      select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db);
    return rows[0]?.ssl;
  } finally {
    await close();
  }
}

function edited(address: string, parts: Partial<URL>): string {
  return Object.assign(new URL(address), parts).href;
}

describe('TLS', () => {
  test('a server whose certificate the authority signed', async () => {
    expect(await connect({ DATABASE_URL: server.url, DATABASE_SSL_CA: server.caFile })).toBe(true);
  });

  test('one authority of several', async () => {
    const path = join(server.folder, 'bundle.pem');
    const other = await createAuthority('Another authority');
    await writeFile(
      path,
      `# Two.
${other.certificate}
${await readFile(server.caFile, 'utf8')}`,
    );
    expect(await connect({ DATABASE_URL: server.url, DATABASE_SSL_CA: path })).toBe(true);
  });

  test('refuses a certificate of another authority, of the same name too', async () => {
    const env = { DATABASE_URL: server.url, DATABASE_SSL_CA: server.strangerFile };
    await expect(connect(env)).rejects.toMatchObject({
      code: expect.stringMatching(/CERT|SIGNATURE/) as string,
    });
  });

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]'])(
    'refuses a certificate for another name than %s',
    async (host) => {
      const url = new URL(server.url).port;
      const DATABASE_URL = server.url.replace(`localhost:${url}`, `${host}:${url}`);
      const env = { DATABASE_URL, DATABASE_SSL_CA: server.caFile };
      await expect(connect(env)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    },
  );

  test('refuses a server without TLS, whatever the address says of it', async () => {
    const env = { DATABASE_URL: `${inject('postgresUrl')}?sslmode=disable`, DATABASE_SSL_CA: server.caFile };
    await expect(connect(env)).rejects.toThrow('The server does not support SSL connections');
  });

  test('is not asked for without DATABASE_SSL_CA', async () => {
    expect(await connect({ DATABASE_URL: server.url })).toBe(false);
  });

  test.each([
    ['', 'holds no certificate in PEM form'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'holds a damaged certificate'],
  ])('says what is wrong with a file of authorities: %j', async (text, problem) => {
    const path = join(server.folder, 'wrong.pem');
    await writeFile(path, text);
    const env = { DATABASE_URL: server.url, DATABASE_SSL_CA: path };
    await expect(connect(env)).rejects.toThrow(`DATABASE_SSL_CA names ${path}, which ${problem}`);
  });

  test('says when there is no such file', async () => {
    const env = { DATABASE_URL: server.url, DATABASE_SSL_CA: '/nowhere/ca.pem' };
    await expect(connect(env)).rejects.toThrow(
      'DATABASE_SSL_CA names /nowhere/ca.pem, which cannot be read (ENOENT)',
    );
  });
});

describe('PGPASSWORD', () => {
  const password = `50%25 of #?/@: and 'quotes" \\ are ü`;

  beforeAll(() => query(server.url, `create role odd login password '${password.replaceAll("'", "''")}'`));

  test('is the password of an address without one, whatever characters it has', async () => {
    const env = { DATABASE_URL: edited(server.url, { username: 'odd', password: '' }), PGPASSWORD: password };
    expect(await connect(env)).toBe(false);
    expect(await connect({ ...env, DATABASE_SSL_CA: server.caFile })).toBe(true);
    await expect(connect({ ...env, PGPASSWORD: 'another' })).rejects.toMatchObject({ code: '28P01' });
  });

  test('gives way to the password of an address', async () => {
    expect(await connect({ DATABASE_URL: server.url, PGPASSWORD: 'another' })).toBe(false);
  });
});

describe('IAM tokens', () => {
  const region = 'eu-central-1';
  const username = 'with_token';
  let env: Record<string, string>;

  beforeAll(() => query(server.url, `create role ${username} login`));
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00Z') });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a secret of no account');
    env = {
      DATABASE_URL: edited(server.url, { username, password: '' }),
      DATABASE_AUTH: 'iam',
      DATABASE_SSL_CA: server.caFile,
      AWS_REGION: region,
      MIGRATE_ON_START: 'false',
    };
  });

  /** The token that RDS would take at this moment. */
  const tokenNow = () =>
    new Signer({
      hostname: 'localhost',
      port: Number(new URL(server.url).port),
      username,
      region,
    }).getAuthToken();
  const setPassword = (password: string) =>
    query(server.url, `alter role ${username} password '${password}'`);

  test('the service logs in with the token of its user, host, port and region', async () => {
    await setPassword(await tokenNow());
    const stores: Stores = await openStores(configOf(env), {
      clock: Date.now,
      currency: 'USD',
      log: createLog('silent'),
      sweeps: false,
    });
    // Logged in, it finds that this database has no tables.
    await expect(stores.carts.ready()).rejects.toThrow('The database lacks the migration');
    await stores.close();
    await setPassword('something else');
    await expect(connect(env)).rejects.toMatchObject({ code: '28P01' });
  });

  test('a token has the form that RDS takes, for 15 minutes', async () => {
    const { password } = await prepareLogin(configOf(env));
    const url = new URL(`https://${(await password?.()) ?? ''}`);
    expect(url.host).toBe(new URL(server.url).host);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'connect',
      DBUser: username,
      'X-Amz-Credential': `AKIDEXAMPLE/20260301/${region}/rds-db/aws4_request`,
      'X-Amz-Date': '20260301T120000Z',
      'X-Amz-Expires': '900',
    });
  });

  test.each([
    [
      'a host in a parameter',
      `postgres://${username}@/shop?host=db.example&sslmode=disable`,
      'db.example:5432',
    ],
    ['a host in both', `postgres://${username}@here:1/shop?host=there&port=2`, 'there:2'],
    ['a user in a parameter', `postgres://somebody@db.example/shop?user=${username}`, 'db.example:5432'],
    ['an escaped user', 'postgres://with%5Ftoken@db.example:6000/shop', 'db.example:6000'],
  ])('is for whom the driver connects to: %s', async (_, url, host) => {
    const { password } = await prepareLogin({ ...configOf(env), url });
    const token = new URL(`https://${(await password?.()) ?? ''}`);
    const { host: used, port, user } = new pg.Client({ connectionString: url });
    expect(`${used}:${port}`).toBe(host);
    expect(token.host).toBe(host);
    expect(token.searchParams.get('DBUser')).toBe(user);
    expect(user).toBe(username);
  });

  test('connections of one minute share a token, later ones get a new one', async () => {
    const { password = () => Promise.reject(new Error('none')) } = await prepareLogin(configOf(env));
    const [first, second] = await Promise.all([password(), password()]);
    expect(second).toBe(first);
    vi.setSystemTime('2026-03-01T12:00:59Z');
    expect(await password()).toBe(first);
    vi.setSystemTime('2026-03-01T12:01:00Z');
    expect(await password()).toContain('20260301T120100Z');
  });

  test('without credentials there is no token, and as soon as there are, there is one', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const { password = () => Promise.reject(new Error('none')) } = await prepareLogin(configOf(env));
    await expect(password()).rejects.toThrow('Could not load credentials from any providers');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a secret of no account');
    expect(await password()).toContain('X-Amz-Signature=');
  });
});
