/** Who is asking, from the headers of a request. */
import { createSecretKey } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import type { Viewer } from '../cart/viewer.ts';
import type { AuthConfig, JwtConfig } from '../config/auth.ts';
import { noMeter, type Meter } from '../metrics/meter.ts';
import { createFetchKeys } from './fetch-keys.ts';
import { createTokenCache } from './token-cache.ts';
import { KeysUnavailable, Unauthenticated } from './unauthenticated.ts';
import { viewerOfClaims } from './viewer-of-claims.ts';

/** @throws Unauthenticated, KeysUnavailable */
export type Identify = (headers: IncomingHttpHeaders) => Promise<Viewer>;

/** Milliseconds for fetching the issuer's keys: within the time of one request. */
const JWKS_TIMEOUT = 1_000;

/** Without authentication everybody may do everything. With it, whoever shows no token is a guest. */
export function createIdentifier(config: AuthConfig, clock: () => number, meter: Meter = noMeter): Identify {
  if (config.mode === 'none') return () => Promise.resolve({ kind: 'staff' });
  const verify = createVerifier(config, clock, meter);
  const cache = createTokenCache(clock);

  return async ({ authorization }) => {
    if (authorization === undefined) return { kind: 'guest' };
    const token = bearerToken(authorization);
    const known = cache.find(token);
    if (known) return known;
    const claims = await verify(token);
    const viewer = viewerOfClaims(claims, config.customerClaim);
    cache.remember(token, viewer, (claims.exp ?? 0) * 1000);
    return viewer;
  };
}

function bearerToken(authorization: string): string {
  const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization) ?? [];
  if (token === undefined) throw new Unauthenticated('The Authorization header must be: Bearer and a token.');
  return token;
}

/** The claims of a token; its algorithm is one of those configured, whatever its own header says. */
function createVerifier(
  config: JwtConfig,
  clock: () => number,
  meter: Meter,
): (token: string) => Promise<JWTPayload> {
  const { jwksUrl, secret, issuer, audience, algorithms, clockSkew } = config;
  const options: JWTVerifyOptions = {
    algorithms: [...algorithms],
    clockTolerance: clockSkew,
    requiredClaims: ['exp'],
    ...(issuer !== undefined && { issuer }),
  };
  const keys =
    jwksUrl === undefined
      ? () => key
      : createRemoteJWKSet(new URL(jwksUrl), {
          timeoutDuration: JWKS_TIMEOUT,
          [customFetch]: createFetchKeys(clock, fetch, meter),
        });
  const key = createSecretKey(Buffer.from(secret ?? ''));

  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, { ...options, currentDate: new Date(clock()) });
      if (audience !== undefined) checkAudience(payload, audience);
      return payload;
    } catch (error) {
      throw asRefusal(error);
    }
  };
}

/**
 * Whom a token was issued to: its audience (RFC 7519), or where there is none its client, as in the access tokens of Amazon Cognito
 * (`client_id`, RFC 9068).
 */
function checkAudience({ aud, client_id: client }: JWTPayload, audience: string): void {
  const meant = aud ?? client;
  if (meant === audience || (Array.isArray(aud) && aud.includes(audience))) return;
  throw new Unauthenticated(
    `The claim ${aud === undefined && client !== undefined ? 'client_id' : 'aud'} of the token is missing or not as it must be.`,
  );
}

/** What is wrong with a token, without repeating any of it. */
function asRefusal(error: unknown): Error {
  if (error instanceof Unauthenticated) return error;
  if (error instanceof errors.JWTExpired)
    return new Unauthenticated('The token has expired.', { cause: error });
  if (error instanceof errors.JWTClaimValidationFailed) {
    const message = `The claim ${error.claim} of the token is missing or not as it must be.`;
    return new Unauthenticated(message, { cause: error });
  }
  if (error instanceof errors.JOSEError && !KEY_FAULTS.has(error.code)) {
    return new Unauthenticated('The token is not valid.', { cause: error });
  }
  return new KeysUnavailable({ cause: error });
}

/** Codes of jose for an answer of the issuer that is late, no key set, or not 200. */
const KEY_FAULTS = new Set([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);
