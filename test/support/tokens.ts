/** Tokens to test with: good ones, and those of strangers. */
import { createHmac } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';

export const SECRET = 'a secret of the tests, longer than 32 bytes';
export const ISSUER = 'https://login.example.com';
export const AUDIENCE = 'cartwright';

/** The environment of a service that believes these tokens. */
export const jwtEnv = {
  AUTH_MODE: 'jwt',
  AUTH_JWT_SECRET: SECRET,
  AUTH_JWT_ISSUER: ISSUER,
  AUTH_JWT_AUDIENCE: AUDIENCE,
};

const HOUR = 3_600;
const now = () => Math.floor(Date.now() / 1000);

export const goodClaims = (): JWTPayload => ({ iss: ISSUER, aud: AUDIENCE, exp: now() + HOUR });

export function sign(claims: JWTPayload, secret = SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(secret));
}

export function customerToken(customerId: number | string): Promise<string> {
  return sign({ ...goodClaims(), sub: String(customerId) });
}

export function staffToken(): Promise<string> {
  return sign({ ...goodClaims(), sub: 'anna', scope: 'openid carts:admin' });
}

/** Tokens that name `customerId` and must not be believed, with what is wrong about each. */
export async function strangersTokens(customerId: number): Promise<Record<string, string>> {
  const sub = String(customerId);
  const claims = { ...goodClaims(), sub };
  const good = await sign(claims);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const { exp: _exp, ...eternal } = claims;
  return {
    expired: await sign({ ...claims, exp: now() - HOUR }),
    'not yet valid': await sign({ ...claims, nbf: now() + HOUR }),
    'without an end': await sign(eternal),
    'of another key': await sign(claims, 'another secret that is as long as the real one'),
    'of another algorithm': await sign(
      claims,
      `${SECRET}, longer than 64 bytes for SHA-512's own sake`,
      'HS512',
    ),
    'alg none': `${encode({ alg: 'none' })}.${payload}.`,
    'alg none, signed': handmade({ alg: 'none' }, claims),
    'alg NONE': handmade({ alg: 'NONE' }, claims),
    'without an algorithm': handmade({}, claims),
    'with an unknown critical header': handmade({ alg: 'HS256', crit: ['x'], x: 1 }, claims),
    'with other claims than signed': [header, encode({ ...claims, scope: 'carts:admin' }), signature].join(
      '.',
    ),
    'without its signature': `${header}.${payload}.`,
    'for another audience': await sign({ ...claims, aud: 'another service' }),
    'for no audience': await sign({ ...goodClaims(), sub, aud: [] }),
    'of another issuer': await sign({ ...claims, iss: 'https://login.example.com.evil.test' }),
    'without the customer': await sign(goodClaims()),
    'with a blank in the customer': await sign({ ...claims, sub: 'anna b' }),
    'with a customer of 129 characters': await sign({ ...claims, sub: 'a'.repeat(129) }),
    'with a fraction for a customer': await sign({ ...claims, sub: 1.5 } as unknown as JWTPayload),
    'with a customer of zero': await sign({ ...claims, sub: '0' }),
    'with a list of customers': await sign({ ...claims, sub: [sub] } as unknown as JWTPayload),
    'no token at all': 'nonsense',
    'claims that are no object': handmade({ alg: 'HS256' }, 'text'),
  };
}

/** Signed with the right secret, whatever it says. */
function handmade(header: object, claims: unknown): string {
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
