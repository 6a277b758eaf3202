import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDevelopmentTokens, openSecretOfTheDay } from '../../src/auth/development-keys.ts';
import { createIdentifier } from '../../src/auth/identifier.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { JwtConfig } from '../../src/config/auth.ts';
import { AUDIENCE, ISSUER, jwtEnv } from '../support/tokens.ts';

const NOON = Date.UTC(2026, 0, 19, 12);
const HOUR = 3_600_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cartwright-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('is one secret for all processes of a day, and another one the next day', async () => {
  const data = join(folder, 'not', 'there');
  const open = (clock: number) => openSecretOfTheDay(data, () => clock);
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => open(NOON)));
  expect(first).toMatch(/^[\w-]{64}$/);
  expect(new Set(others)).toEqual(new Set([first]));
  expect(await open(NOON + 11 * HOUR)).toBe(first);
  expect((await stat(join(data, 'secret-of-2026-01-19'))).mode & 0o777).toBe(0o600);
  const next = await open(NOON + 12 * HOUR);
  expect(next).not.toBe(first);
  expect(await readdir(data)).toEqual(['secret-of-2026-01-20']);
});

it('says where it cannot keep it', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(openSecretOfTheDay(file, () => NOON)).rejects.toThrow('EEXIST');
});

it.each([
  {},
  { AUTH_JWT_ISSUER: ISSUER, AUTH_JWT_AUDIENCE: AUDIENCE, AUTH_JWT_ALGORITHMS: 'HS512,HS256' },
  { AUTH_CUSTOMER_CLAIM: 'customer' },
])('tokens are what the configuration %j asks for, for half a day', async (env) => {
  const config = loadConfig({ ...env, AUTH_MODE: 'jwt' }).auth as JwtConfig;
  const auth = { ...config, secret: await openSecretOfTheDay(folder, () => NOON) };
  const issue = createDevelopmentTokens(auth, () => NOON);
  const whoIs = (token = '', clock = NOON) =>
    createIdentifier(auth, () => clock)({ authorization: `Bearer ${token}` });
  expect(await whoIs(await issue())).toEqual({ kind: 'staff' });
  const customer = await issue('12345');
  expect(await whoIs(customer, NOON + 11 * HOUR)).toMatchObject({ kind: 'customer' });
  await expect(whoIs(customer, NOON + 13 * HOUR)).rejects.toThrow('expired');
  expect(await issue('')).toBeUndefined();
});

it('only a development service for this machine alone makes keys for itself', () => {
  const folderOf = (env: Record<string, string>) => loadConfig({ AUTH_MODE: 'jwt', ...env }).auth;
  for (const env of [
    {},
    { HOST: '127.0.0.1' },
    { HOST: 'localhost' },
    { HOST: '[::1]' },
    { NODE_ENV: 'test' },
  ]) {
    expect(folderOf(env)).toMatchObject({ secretFolder: '.data' });
  }
  const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://app@db/carts' };
  for (const env of [{ HOST: '0.0.0.0' }, { HOST: '192.168.0.7' }, production]) {
    expect(() => folderOf(env)).toThrow('AUTH_JWKS_URL or AUTH_JWT_SECRET, one of them, must be set');
  }
  expect(loadConfig({ ...jwtEnv }).auth).toMatchObject({ secretFolder: undefined });
});
