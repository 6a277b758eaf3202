/** The variables of PostgreSQL, and what is made of them. */
import { z } from 'zod';
import { awsRegion, file, flag, integer, type Given } from '../../config/variables.ts';
import { readPostgresUrl, writePostgresUrl } from './url.ts';

export const postgresVariables = {
  DATABASE_URL: z
    .string()
    .refine(
      (text) => readPostgresUrl(text) !== undefined,
      'must be an address such as postgres://user:password@host:5432/database',
    )
    .optional(),
  DATABASE_POOL_SIZE: integer(1, 200, 8),
  DATABASE_CONNECT_TIMEOUT_MS: integer(50, 60_000, 1_000),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(50, 60_000, 1_000),
  DATABASE_LOCK_TIMEOUT_MS: integer(10, 60_000, 300),
  MIGRATE_ON_START: flag.default(true),
  DATABASE_AUTH: z.enum(['password', 'iam'], 'must be password or iam').default('password'),
  DATABASE_SSL_CA: file,
  DATABASE_IAM_USER: z
    .string()
    .regex(
      /^(?!pg_|rds)[a-z_][a-z0-9_]{0,62}$/,
      'must have 1 to 63 characters of a-z, 0-9 and "_", the first not a digit, and not begin with "pg_" or "rds"',
    )
    .optional(),
  PGPASSWORD: z.string().optional(),
  AWS_REGION: awsRegion,
};

const environment = z.object(postgresVariables);

/** Embedded databases are for development. A token is a password that must not travel in the clear, nor to a stranger. */
export function postgresProblems(given: Given): string[] {
  const url = given['DATABASE_URL'];
  const problems: string[] = [];
  if (given['NODE_ENV'] === 'production' && !url) problems.push('DATABASE_URL must be set in production');
  if (given['DATABASE_AUTH'] !== 'iam') return problems;
  for (const name of ['DATABASE_URL', 'DATABASE_SSL_CA', 'AWS_REGION']) {
    if (!given[name]) problems.push(`${name} must be set when DATABASE_AUTH is iam`);
  }
  if (url && readPostgresUrl(url)?.username === '') {
    problems.push('DATABASE_URL must name a user when DATABASE_AUTH is iam');
  }
  return problems;
}

export type PostgresConfig = ReturnType<typeof configurePostgres>;

export function configurePostgres(given: Given, dataDir: string | undefined) {
  const env = environment.parse(given);
  return {
    type: 'postgres',
    url: withPassword(env.DATABASE_URL, env.PGPASSWORD),
    auth: env.DATABASE_AUTH,
    /** The path of a PEM file with the authorities of which one must have signed the server's certificate. */
    sslCa: env.DATABASE_SSL_CA,
    /** As whom the service will log in once the migration has made that user. */
    iamUser: env.DATABASE_IAM_USER,
    /** Of the database, for its IAM tokens. */
    region: env.AWS_REGION,
    dataDir,
    poolSize: env.DATABASE_POOL_SIZE,
    /** Milliseconds, as the next two. */
    connectTimeout: env.DATABASE_CONNECT_TIMEOUT_MS,
    statementTimeout: env.DATABASE_STATEMENT_TIMEOUT_MS,
    lockTimeout: env.DATABASE_LOCK_TIMEOUT_MS,
    migrateOnStart: env.MIGRATE_ON_START,
  } as const;
}

/** An address without a password gets this one, as with PostgreSQL's own clients. */
function withPassword(address: string | undefined, password: string | undefined): string | undefined {
  if (address === undefined || password === undefined) return address;
  const url = readPostgresUrl(address);
  if (!url) return address;
  // A URL escapes what would end the password early, but takes a % for an escape that is there already.
  url.password ||= encodeURIComponent(password);
  return writePostgresUrl(url);
}
