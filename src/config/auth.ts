/** Who may come in: the variables that say how a request shows who sent it. */
import { z } from 'zod';
import { flag, httpUrl, integer, list, type Given } from './variables.ts';

/** RFC 7518 wants a key at least as long as the hash; one byte a character is the least a text can have. */
const SHORTEST_SECRET = 32;

const SYMMETRIC = ['HS256', 'HS384', 'HS512'];
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export const authVariables = {
  AUTH_MODE: z.enum(['none', 'jwt'], 'must be none or jwt').default('none'),
  ALLOW_UNAUTHENTICATED: flag.default(false),
  AUTH_JWKS_URL: httpUrl('https://login.example.com/.well-known/jwks.json').optional(),
  AUTH_JWT_SECRET: z
    .string()
    .min(SHORTEST_SECRET, `must have at least ${SHORTEST_SECRET} characters`)
    .optional(),
  AUTH_JWT_ISSUER: z.string().optional(),
  AUTH_JWT_AUDIENCE: z.string().optional(),
  AUTH_JWT_ALGORITHMS: list(
    (name) => SYMMETRIC.includes(name) || ASYMMETRIC.includes(name),
    `must be algorithms with commas between them, of ${[...SYMMETRIC, ...ASYMMETRIC].join(', ')}`,
  ).optional(),
  AUTH_CUSTOMER_CLAIM: z.string().default('sub'),
  AUTH_CLOCK_SKEW_SECONDS: integer(0, 300, 5),
  CORS_ORIGINS: list(
    isOrigin,
    'must be origins such as https://shop.example.com, with commas between them',
  ).default([]),
};

type Variables = z.output<z.ZodObject<typeof authVariables>>;

/** Mistakes that no variable has alone. */
export function authProblems(given: Given): string[] {
  const production = given['NODE_ENV'] === 'production';
  if (given['AUTH_MODE'] === 'jwt') return jwtProblems(given, production);
  const meant = ['AUTH_JWKS_URL', 'AUTH_JWT_SECRET', 'AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'].filter(
    (name) => given[name],
  );
  // Whoever set these wants tokens checked; without a word everybody would be staff.
  if (given['AUTH_MODE'] === undefined && meant.length > 0) {
    return [
      `AUTH_MODE must be set, to jwt or none, where ${meant.join(', ')} ${meant.length > 1 ? 'are' : 'is'} set`,
    ];
  }
  if (!production || given['ALLOW_UNAUTHENTICATED'] === 'true') return [];
  return [
    'AUTH_MODE must be jwt in production; ALLOW_UNAUTHENTICATED=true lets everybody see and change every cart instead',
  ];
}

function jwtProblems(given: Given, production: boolean): string[] {
  const { AUTH_JWKS_URL: url, AUTH_JWT_SECRET: secret, AUTH_JWT_ALGORITHMS: algorithms } = given;
  const problems: string[] = [];
  if ((url && secret) || (!url && !secret && !mayMakeKeys(given))) {
    problems.push(
      'AUTH_JWKS_URL or AUTH_JWT_SECRET, one of them, must be set when AUTH_MODE is jwt, but in development with a HOST of this machine alone',
    );
  }
  // An issuer that publishes its keys signs for other services and other audiences with them.
  if (production && url) {
    const needed = ['AUTH_JWT_ISSUER', 'AUTH_JWT_AUDIENCE'].filter((name) => !given[name]);
    problems.push(...needed.map((name) => `${name} must be set in production with AUTH_JWKS_URL`));
    if (!isConfidential(url)) problems.push('AUTH_JWKS_URL must begin with https:// in production');
  }
  // A public key taken for the secret of an HMAC would let anybody sign: the kinds are never mixed.
  const usable = url ? ASYMMETRIC : SYMMETRIC;
  if (algorithms?.split(',').some((name) => !usable.includes(name.trim()))) {
    const source = url ? 'AUTH_JWKS_URL' : 'AUTH_JWT_SECRET';
    problems.push(`AUTH_JWT_ALGORITHMS must be of ${usable.join(', ')} with ${source}`);
  }
  return problems;
}

/**
 * Whether the service may sign tokens for whoever asks it: nobody else can ask it then. A service that should be in production, and
 * was not told so, listens for others.
 */
function mayMakeKeys({ NODE_ENV, HOST }: Given): boolean {
  return NODE_ENV !== 'production' && (HOST === undefined || isThisMachine(HOST));
}

export type AuthConfig = ReturnType<typeof toAuthConfig>;
export type JwtConfig = Extract<AuthConfig, { mode: 'jwt' }>;

/** @param dataDir where a secret for the day may be kept; undefined in production */
export function toAuthConfig(env: Variables, dataDir: string | undefined) {
  if (env.AUTH_MODE === 'none') return { mode: 'none' } as const;
  const { AUTH_JWKS_URL: jwksUrl, AUTH_JWT_SECRET: secret } = env;
  return {
    mode: 'jwt',
    jwksUrl,
    secret,
    /** The folder of a secret that the service makes for itself: in development, without other keys. */
    secretFolder: jwksUrl === undefined && secret === undefined ? dataDir : undefined,
    issuer: env.AUTH_JWT_ISSUER,
    audience: env.AUTH_JWT_AUDIENCE,
    algorithms: env.AUTH_JWT_ALGORITHMS ?? (jwksUrl === undefined ? ['HS256'] : ['RS256', 'ES256']),
    customerClaim: env.AUTH_CUSTOMER_CLAIM,
    /** Seconds. */
    clockSkew: env.AUTH_CLOCK_SKEW_SECONDS,
  } as const;
}

/** Whether the service signs tokens itself. */
export function makesKeys(auth: AuthConfig): boolean {
  return auth.mode === 'jwt' && auth.secretFolder !== undefined;
}

/** A scheme and a host as browsers send them: no path, lower case, no default port, and no * , which would stand for itself. */
function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.origin === text && /^https?:$/.test(url.protocol) && !text.includes('*');
}

function isConfidential(address: string): boolean {
  if (!URL.canParse(address)) return true; // reported as no address at all
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || isThisMachine(hostname);
}

/** Whether a name or an address, of version 6 also in brackets, leads nowhere else. */
function isThisMachine(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname);
}
