/** How the service logs in to PostgreSQL: the variables beside its address. */
import { z } from 'zod';
import { readPostgresUrl, writePostgresUrl } from '../stores/postgres-url.ts';
import type { Given } from './variables.ts';

export const databaseVariables = {
  DATABASE_AUTH: z.enum(['password', 'iam'], 'must be password or iam').default('password'),
  DATABASE_SSL_CA: z.string().optional(),
  DATABASE_IAM_USER: z
    .string()
    .regex(
      /^(?!pg_|rds)[a-z_][a-z0-9_]{0,62}$/,
      'must have 1 to 63 characters of a-z, 0-9 and "_", the first not a digit, and not begin with "pg_" or "rds"',
    )
    .optional(),
  PGPASSWORD: z.string().optional(),
};

type Variables = z.output<z.ZodObject<typeof databaseVariables>>;

/** Mistakes that no variable has alone. A token is a password that must not travel in the clear, nor to a stranger. */
export function databaseProblems(given: Given): string[] {
  if (given['CART_STORE_TYPE'] === 'dynamodb' || given['DATABASE_AUTH'] !== 'iam') return [];
  const problems = ['DATABASE_URL', 'DATABASE_SSL_CA', 'AWS_REGION']
    .filter((name) => !given[name])
    .map((name) => `${name} must be set when DATABASE_AUTH is iam`);
  const url = given['DATABASE_URL'];
  if (url && readPostgresUrl(url)?.username === '') {
    problems.push('DATABASE_URL must name a user when DATABASE_AUTH is iam');
  }
  return problems;
}

/** How to log in, and as whom the service will once the migration has made that user. */
export function toLogin(env: Variables) {
  return {
    auth: env.DATABASE_AUTH,
    /** The path of a PEM file with the authorities of which one must have signed the server's certificate. */
    sslCa: env.DATABASE_SSL_CA,
    iamUser: env.DATABASE_IAM_USER,
  } as const;
}

/** An address without a password gets this one, as with PostgreSQL's own clients. */
export function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (address === undefined || password === undefined) return address;
  const url = readPostgresUrl(address);
  if (!url) return address;
  // A URL escapes what would end the password early, but takes a % for an escape that is there already.
  url.password ||= encodeURIComponent(password);
  return writePostgresUrl(url);
}
