/** The configuration: the only place that reads the environment. */
import { z } from 'zod';
import { isSupportedCurrency } from '../cart/money.ts';
import { authProblems, authVariables, toAuthConfig } from './auth.ts';
import { databaseProblems, databaseVariables, toLogin, withPassword } from './database.ts';
import { limitVariables, toLimits } from './limits.ts';
import {
  ConfigError,
  flag,
  host,
  httpUrl,
  integer,
  oneOf,
  optionalInteger,
  pathPrefix,
  postgresUrl,
  tableName,
  type Given,
} from './variables.ts';
import { workerCount } from './worker-count.ts';

/**
 * Seconds that a load balancer may need to stop sending: an Application Load Balancer goes on for some seconds after a target
 * was deregistered, and one that goes by /readyz, twice every five seconds. What Terraform sets, and Kubernetes' guides let a task sleep.
 */
const DEREGISTRATION = 10;

const environment = z.object({
  // Another word, such as prod, would silently mean development, where everybody is staff.
  NODE_ENV: oneOf(['development', 'test', 'production']).default('development'),
  HOST: host.optional(),
  PORT: integer(0, 65_535, 8080),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be a level of pino, such as info',
    )
    .default('info'),
  PLAYGROUND: flag.optional(),
  TRUSTED_DOCUMENTS: z.string().optional(),
  SHUTDOWN_DELAY_SECONDS: optionalInteger(0, 300),
  BASE_PATH: pathPrefix,
  CART_TTL_DAYS: integer(1, 365, 7),
  CART_CURRENCY: z
    .string()
    .refine(
      isSupportedCurrency,
      'must be the ISO 4217 code of a currency with two fraction digits, such as USD',
    )
    .default('USD'),
  CART_STORE_TYPE: z.enum(['postgres', 'dynamodb'], 'must be postgres or dynamodb').default('postgres'),
  WORKERS: z
    .string()
    .regex(/^(auto|[1-9]|[1-5]\d|6[0-4])$/, 'must be auto, or a whole number from 1 to 64')
    .default('1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL_SIZE: integer(1, 200, 8),
  DATABASE_CONNECT_TIMEOUT_MS: integer(50, 60_000, 1_000),
  DATABASE_STATEMENT_TIMEOUT_MS: integer(50, 60_000, 1_000),
  DATABASE_LOCK_TIMEOUT_MS: integer(10, 60_000, 300),
  MIGRATE_ON_START: flag.default(true),
  ...databaseVariables,
  DYNAMODB_TABLE_NAME: tableName('shopping-carts'),
  DYNAMODB_PRODUCTS_TABLE_NAME: tableName('shopping-products'),
  DYNAMODB_READ_CONSISTENCY: z.enum(['eventual', 'strong'], 'must be eventual or strong').default('eventual'),
  DYNAMODB_CONNECT_TIMEOUT_MS: integer(50, 60_000, 300),
  DYNAMODB_REQUEST_TIMEOUT_MS: integer(50, 60_000, 700),
  DYNAMODB_MAX_ATTEMPTS: integer(1, 10, 3),
  AWS_REGION: z.string().min(1).default('us-west-2'),
  AWS_ENDPOINT_URL_DYNAMODB: httpUrl('http://127.0.0.1:8000').optional(),
  ...limitVariables,
  ...authVariables,
});

type Environment = z.output<typeof environment>;

/** All variables that are read, by name: what each may be, and its default. docs/configuration.md has them for people. */
export const variables = environment.shape;

export const variableNames: readonly string[] = Object.keys(variables);

export { ConfigError } from './variables.ts';
export type Config = ReturnType<typeof toConfig>;
export type StoreConfig = ReturnType<typeof toStoreConfig>;

/** @throws ConfigError with every mistake */
export function loadConfig(env: Given): Config {
  // An empty variable is one that is not set: that is how compose files and task definitions leave one out.
  const given: Given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map(describe);
  if (given['NODE_ENV'] === 'production') problems.push(...productionProblems(given));
  problems.push(...databaseProblems(given));
  problems.push(...authProblems(given));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(toConfig(parsed.data));
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')} ${message}`;
}

/** Embedded databases are for development: production must say where its data is. */
function productionProblems(given: Given): string[] {
  const isDynamoDB = given['CART_STORE_TYPE'] === 'dynamodb';
  if (isDynamoDB && !given['AWS_REGION']) return ['AWS_REGION must be set in production'];
  if (!isDynamoDB && !given['DATABASE_URL']) return ['DATABASE_URL must be set in production'];
  return [];
}

function toConfig(env: Environment) {
  const production = env.NODE_ENV === 'production';
  const playground = env.PLAYGROUND ?? !production;
  return {
    production,
    /** Where to listen: only on this machine unless in production or told otherwise. */
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    playground,
    introspection: playground,
    /** Milliseconds. */
    requestTimeout: env.REQUEST_TIMEOUT_MS,
    /** Milliseconds for which requests are still accepted after SIGTERM. */
    shutdownDelay: (env.SHUTDOWN_DELAY_SECONDS ?? (production ? DEREGISTRATION : 0)) * 1000,
    /** The path before all others, such as "/shop"; empty for none. */
    basePath: env.BASE_PATH,
    /** Milliseconds from a cart's last change to its expiry. */
    cartTtl: env.CART_TTL_DAYS * 86_400_000,
    currency: env.CART_CURRENCY,
    /** Processes that share the work. */
    workers: workerCount(env.WORKERS === 'auto' ? 'auto' : Number(env.WORKERS)),
    store: toStoreConfig(env, production),
    auth: toAuthConfig(env),
    /** Sites whose scripts may call the service. */
    corsOrigins: env.CORS_ORIGINS,
    limits: toLimits(env),
    /** The file with the only operations that are run; absent when any are. */
    trustedDocuments: env.TRUSTED_DOCUMENTS,
  };
}

/** The embedded engine, where one is allowed and no server is named, keeps its data in `dataDir`. */
function toStoreConfig(env: Environment, production: boolean) {
  const dataDir = production ? undefined : env.DATA_DIR;
  if (env.CART_STORE_TYPE === 'dynamodb') {
    return {
      type: 'dynamodb',
      region: env.AWS_REGION,
      endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
      dataDir,
      cartsTable: env.DYNAMODB_TABLE_NAME,
      productsTable: env.DYNAMODB_PRODUCTS_TABLE_NAME,
      readConsistency: env.DYNAMODB_READ_CONSISTENCY,
      /** Milliseconds, as the next. */
      connectTimeout: env.DYNAMODB_CONNECT_TIMEOUT_MS,
      requestTimeout: env.DYNAMODB_REQUEST_TIMEOUT_MS,
      maxAttempts: env.DYNAMODB_MAX_ATTEMPTS,
    } as const;
  }
  return {
    type: 'postgres',
    url: withPassword(env.DATABASE_URL, env.PGPASSWORD),
    ...toLogin(env),
    /** Of the database, for its IAM tokens. */
    region: env.AWS_REGION,
    dataDir,
    poolSize: env.DATABASE_POOL_SIZE,
    connectTimeout: env.DATABASE_CONNECT_TIMEOUT_MS,
    statementTimeout: env.DATABASE_STATEMENT_TIMEOUT_MS,
    lockTimeout: env.DATABASE_LOCK_TIMEOUT_MS,
    migrateOnStart: env.MIGRATE_ON_START,
  } as const;
}
