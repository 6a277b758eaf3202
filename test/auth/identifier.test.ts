import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifier, type Identify } from '../../src/auth/identifier.ts';
import { KeysUnavailable, Unauthenticated } from '../../src/auth/unauthenticated.ts';
import { loadConfig } from '../../src/config/config.ts';
import { goodClaims, jwtEnv, sign, staffToken, strangersTokens } from '../support/tokens.ts';

const open = (env: Record<string, string>, clock = Date.now) => createIdentifier(loadConfig(env).auth, clock);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('without authentication', () => {
  it('everybody is staff, whatever they show', async () => {
    const identify = open({ AUTH_MODE: 'none' });
    expect(await identify({})).toEqual({ kind: 'staff' });
    expect(await identify(bearer('nonsense'))).toEqual({ kind: 'staff' });
  });
});

describe('a token signed with the secret', () => {
  const identify = open(jwtEnv);

  it('names a customer, by text or number', async () => {
    const customer = { kind: 'customer', customerId: '42' };
    expect(await identify(bearer(await sign({ ...goodClaims(), sub: '42' })))).toEqual(customer);
    const other = open({ ...jwtEnv, AUTH_CUSTOMER_CLAIM: 'https://example.com/customer_id' });
    const token = await sign({ ...goodClaims(), sub: 'anna', 'https://example.com/customer_id': 42 });
    expect(await other(bearer(token))).toEqual(customer);
    expect(await other({ authorization: `bearer ${token}` })).toEqual(customer);
  });

  it.each([
    'auth0|65f1c0ffee',
    'f47ac10b-58cc-4372-a567-0e02b2c3d479',
    'us-east-1:1a2b3c4d-0000-4000-8000-000000000000',
    'Zx3kQ9firebase0uid28chars00',
    '007',
    '9007199254740993',
  ])('names a customer as identity providers do: %s', async (sub) => {
    expect(await identify(bearer(await sign({ ...goodClaims(), sub })))).toEqual({
      kind: 'customer',
      customerId: sub,
    });
  });

  it('is meant for its audience, or for its client where it names no audience', async () => {
    const { aud, ...others } = goodClaims();
    const claims = { ...others, sub: '42', token_use: 'access' };
    const see = async (more: object) => identify(bearer(await sign({ ...claims, ...more })));
    expect(await see({ client_id: aud })).toMatchObject({ customerId: '42' });
    expect(await see({ aud: ['another', aud] })).toMatchObject({ customerId: '42' });
    for (const wrong of [
      {},
      { client_id: 'another' },
      { aud: 'another', client_id: aud },
      { client_id: [aud, 1] },
    ]) {
      await expect(see(wrong)).rejects.toThrow(/The claim (aud|client_id) of the token is missing/);
    }
  });

  it('names staff by its scope, and by nothing like it', async () => {
    expect(await identify(bearer(await staffToken()))).toEqual({ kind: 'staff' });
    const scoped = (claims: object) =>
      sign({ ...goodClaims(), sub: '42', ...claims })
        .then(bearer)
        .then(identify);
    expect(await scoped({ scp: ['carts:admin'] })).toEqual({ kind: 'staff' });
    for (const scope of ['carts:administrator', 'xcarts:admin', 'carts:admin:read', '', 1, null]) {
      expect(await scoped({ scope })).toMatchObject({ kind: 'customer' });
    }
  });

  it('is no guest’s: without a token one is a guest, with a bad one nobody', async () => {
    expect(await identify({})).toEqual({ kind: 'guest' });
    for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearer ä']) {
      await expect(identify({ authorization })).rejects.toThrow(Unauthenticated);
    }
  });

  it('is refused when it is a stranger’s, with a challenge that repeats nothing of it', async () => {
    for (const [what, token] of Object.entries(await strangersTokens(42))) {
      const error = await identify(bearer(token)).catch((error: unknown) => error);
      expect(error, what).toBeInstanceOf(Unauthenticated);
      expect((error as Unauthenticated).challenge, what).toMatch(
        /^Bearer realm="cartwright", error="invalid_token", error_description="[^"\\]+"$/,
      );
    }
  });

  it('ends with its time, but for the configured skew, also when it was verified before', async () => {
    let now = Date.now();
    const at = open({ ...jwtEnv, AUTH_CLOCK_SKEW_SECONDS: '10' }, () => now);
    const exp = Math.floor(now / 1000) + 30;
    const headers = bearer(await sign({ ...goodClaims(), sub: '42', exp }));
    expect(await at(headers)).toMatchObject({ customerId: '42' });
    now = exp * 1000 + 9_000;
    expect(await at(headers)).toMatchObject({ customerId: '42' });
    now = exp * 1000 + 11_000;
    await expect(at(headers)).rejects.toThrow('The token has expired.');
  });
});

describe('a token signed with a key of the issuer', () => {
  let server: Server;
  let url: string;
  let keys: JWK[] = [];
  let answers = 0;
  let broken = false;

  beforeAll(async () => {
    server = createServer((_req, res) => {
      answers += 1;
      res.statusCode = broken ? 500 : 200;
      res.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const newKey = async (kid: string, alg = 'RS256') => {
    const pair = await generateKeyPair(alg, { extractable: true });
    return { ...pair, jwk: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' } };
  };
  const signWith = (key: CryptoKey, kid: string, alg = 'RS256') =>
    new SignJWT({ ...goodClaims(), sub: '42' }).setProtectedHeader({ alg, kid }).sign(key);
  const openWithKeys = (clock = Date.now): Identify => {
    const { AUTH_JWT_SECRET: _secret, ...env } = jwtEnv;
    return open({ ...env, AUTH_JWKS_URL: url }, clock);
  };

  it('is believed; the keys are fetched once', async () => {
    const [rsa, ec] = [await newKey('one'), await newKey('two', 'ES256')];
    keys = [rsa.jwk, ec.jwk];
    answers = 0;
    const identify = openWithKeys();
    expect(await identify(bearer(await signWith(rsa.privateKey, 'one')))).toMatchObject({ customerId: '42' });
    expect(await identify(bearer(await signWith(ec.privateKey, 'two', 'ES256')))).toMatchObject({
      customerId: '42',
    });
    expect(answers).toBe(1);
  });

  it('is refused when signed by a key that is not there, or with a public key as a secret', async () => {
    const [known, stranger] = [await newKey('known'), await newKey('known')];
    keys = [known.jwk];
    const identify = openWithKeys();
    for (const token of [
      await signWith(stranger.privateKey, 'known'),
      await signWith(stranger.privateKey, 'unknown'),
      await new SignJWT({ ...goodClaims(), sub: '42' })
        .setProtectedHeader({ alg: 'HS256', kid: 'known' })
        .sign(Buffer.from(JSON.stringify(known.jwk))),
    ]) {
      await expect(identify(bearer(token))).rejects.toThrow(Unauthenticated);
    }
  });

  it('cannot be judged while the issuer does not answer: neither believed nor refused', async () => {
    let ahead = 0;
    const key = await newKey('one');
    keys = [key.jwk];
    const token = await signWith(key.privateKey, 'one');
    const identify = openWithKeys(() => Date.now() + ahead);
    broken = true;
    answers = 0;
    for (let i = 0; i < 20; i += 1) await expect(identify(bearer(token))).rejects.toThrow(KeysUnavailable);
    expect(answers).toBe(1);
    broken = false;
    await expect(identify(bearer(token))).rejects.toThrow(KeysUnavailable);
    ahead = 5_000;
    expect(await identify(bearer(token))).toMatchObject({ customerId: '42' });
    expect(answers).toBe(2);
  });

  it('needs one request to the issuer for all that wait for it', async () => {
    const key = await newKey('one');
    keys = [key.jwk];
    answers = 0;
    const identify = openWithKeys();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => signWith(key.privateKey, 'one')));
    await Promise.all(tokens.map((token) => identify(bearer(token))));
    expect(answers).toBe(1);
  });
});
