import { expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/config.ts';
import { jwtEnv, SECRET } from '../support/tokens.ts';

const production = { NODE_ENV: 'production', DATABASE_URL: 'postgres://app:hunter2@db.internal/carts' };
const { AUTH_JWT_SECRET: _secret, ...issuer } = jwtEnv;

function problems(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

it('is open in development, and in production only when told so', () => {
  expect(loadConfig({}).auth).toEqual({ mode: 'none' });
  expect(problems(production)).toEqual([expect.stringMatching(/^AUTH_MODE must be jwt in production/)]);
  expect(problems({ ...production, ALLOW_UNAUTHENTICATED: 'false' })).toHaveLength(1);
  expect(problems({ ...production, ALLOW_UNAUTHENTICATED: 'true' })).toEqual([]);
  expect(problems({ ...production, ...jwtEnv })).toEqual([]);
});

it('does not stay open without a word where somebody has set up tokens', () => {
  const url = 'https://login.example.com/jwks.json';
  expect(problems({ AUTH_JWKS_URL: url })).toEqual([
    'AUTH_MODE must be set, to jwt or none, where AUTH_JWKS_URL is set',
  ]);
  const mode = /^AUTH_MODE must be set, to jwt or none, where AUTH_JWT_SECRET, AUTH_JWT_ISSUER are set/;
  expect(problems({ AUTH_JWT_SECRET: SECRET, AUTH_JWT_ISSUER: 'me', ALLOW_UNAUTHENTICATED: 'true' })).toEqual(
    [expect.stringMatching(mode)],
  );
  expect(problems({ AUTH_JWT_SECRET: SECRET, AUTH_MODE: 'none' })).toEqual([]);
});

it('needs one source of keys, and in production who issues tokens for whom', () => {
  const one = /^AUTH_JWKS_URL or AUTH_JWT_SECRET, one of them/;
  const url = 'https://login.example.com/jwks.json';
  expect(problems({ ...issuer, HOST: '0.0.0.0' })).toEqual([expect.stringMatching(one)]);
  expect(problems({ ...production, ...issuer })).toEqual([expect.stringMatching(one)]);
  expect(problems({ ...jwtEnv, AUTH_JWKS_URL: url })).toEqual([expect.stringMatching(one)]);
  expect(problems({ ...production, AUTH_MODE: 'jwt', AUTH_JWKS_URL: url })).toEqual([
    expect.stringMatching(/^AUTH_JWT_ISSUER must be set/),
    expect.stringMatching(/^AUTH_JWT_AUDIENCE must be set/),
  ]);
  expect(problems({ ...production, ...issuer, AUTH_JWKS_URL: 'http://login.example.com/jwks.json' })).toEqual(
    ['AUTH_JWKS_URL must begin with https:// in production'],
  );
});

it('never mixes secrets with public keys', () => {
  const url = 'https://login.example.com/jwks.json';
  expect(problems({ ...jwtEnv, AUTH_JWT_ALGORITHMS: 'HS256, RS256' })).toHaveLength(1);
  expect(problems({ ...issuer, AUTH_JWKS_URL: url, AUTH_JWT_ALGORITHMS: 'HS256' })).toHaveLength(1);
  expect(problems({ ...jwtEnv, AUTH_JWT_ALGORITHMS: 'none' })).toHaveLength(2);
  expect(loadConfig({ ...jwtEnv }).auth).toMatchObject({ algorithms: ['HS256'] });
  expect(
    loadConfig({ ...issuer, AUTH_JWKS_URL: url, AUTH_JWT_ALGORITHMS: 'ES256,EdDSA' }).auth,
  ).toMatchObject({ algorithms: ['ES256', 'EdDSA'] });
});

it('reports every mistake without showing a value', () => {
  const env = {
    ...production,
    AUTH_MODE: 'jwt',
    AUTH_JWT_SECRET: 'too short',
    AUTH_CLOCK_SKEW_SECONDS: 'hunter2',
    CORS_ORIGINS: 'https://hunter2.example.com/path',
    MAX_QUERY_DEPTH: '0',
    AUTH_JWKS_URL: 'hunter2',
  };
  const found = problems(env);
  const text = found.join('\n');
  for (const name of Object.keys(env).slice(3)) expect(text).toContain(name);
  expect(text).not.toMatch(/hunter2|too short/);
  expect(problems({ ...jwtEnv, PORT: 'x' }).join()).not.toContain(SECRET);
});

it('takes origins as browsers send them, and no wildcard', () => {
  expect(loadConfig({ CORS_ORIGINS: 'https://a.example, http://localhost:3000' }).corsOrigins).toEqual([
    'https://a.example',
    'http://localhost:3000',
  ]);
  for (const bad of ['*', 'https://a.example/', 'https://A.example', 'a.example', 'null', 'https://a:443']) {
    expect(problems({ CORS_ORIGINS: bad }), bad).toHaveLength(1);
  }
});
