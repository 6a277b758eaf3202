/** The configuration: the only place that reads the environment. */
import { z } from 'zod';
import { isSupportedCurrency } from '../cart/currencies.ts';
import { phases } from '../stores/moving/phase.ts';
import { stores, storeTypes, type MoveConfig, type StoreConfig } from '../stores/registry.ts';
import { authProblems, authVariables, toAuthConfig } from './auth.ts';
import { limitVariables, toLimits } from './limits.ts';
import { toTracing, tracingVariables } from './tracing.ts';
import {
  ConfigError,
  file,
  flag,
  host,
  integer,
  oneOf,
  optionalInteger,
  pathPrefix,
  share,
  type Given,
} from './variables.ts';
import { workerCount } from './worker-count.ts';

/**
 * Seconds that a load balancer may need to stop sending: an Application Load Balancer goes on for some seconds after a target
 * was deregistered, and one that goes by /readyz, twice every five seconds. What Terraform sets, and Kubernetes' guides let a task sleep.
 */
const DEREGISTRATION = 10;

/** The port on which OpenTelemetry's own exporter for Prometheus listens. */
const METRICS_PORT = 9464;

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
  LOG_SAMPLE: share(0.01),
  LOG_SLOW_MS: integer(1, 60_000, 1_000),
  METRICS_PORT: optionalInteger(0, 65_535),
  ...tracingVariables,
  PLAYGROUND: flag.optional(),
  TRUSTED_DOCUMENTS: file,
  SHUTDOWN_DELAY_SECONDS: optionalInteger(0, 300),
  BASE_PATH: pathPrefix,
  CART_TTL_DAYS: integer(1, 365, 7),
  CART_CURRENCY: z
    .string()
    .refine(
      isSupportedCurrency,
      'must be the ISO 4217 code of a currency with 0, 2 or 3 fraction digits, such as USD, JPY or KWD',
    )
    .default('USD'),
  CART_STORE_TYPE: z.enum(storeTypes, `must be ${storeTypes.join(' or ')}`).default('postgres'),
  CART_STORE_MOVE_TO: oneOf(storeTypes).optional(),
  CART_STORE_MOVE_PHASE: oneOf(phases).optional(),
  WORKERS: z
    .string()
    .regex(/^(auto|[1-9]|[1-5]\d|6[0-4])$/, 'must be auto, or a whole number from 1 to 64')
    .default('1'),
  DATA_DIR: z.string().min(1).default('.data'),
  ...limitVariables,
  ...authVariables,
});

type Environment = z.output<typeof environment>;

/** Those of every store are looked at, whichever is chosen. */
const ofStores = Object.values(stores).map(({ variables }) => z.object(variables));

/** All variables that are read, by name: what each may be, and its default. docs/configuration.md has them for people. */
export const variables: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  [environment, ...ofStores].flatMap(({ shape }) => Object.entries<z.ZodType>(shape)),
);

export const variableNames: readonly string[] = Object.keys(variables);

export { ConfigError } from './variables.ts';
export type Config = ReturnType<typeof toConfig>;
export type { MoveConfig, StoreConfig } from '../stores/registry.ts';

/**
 * @param lookAt says what is wrong with the file at a path, such as "cannot be read"; without it files are not looked at
 * @throws ConfigError with every mistake
 */
export function loadConfig(env: Given, lookAt: LookAt = () => undefined): Config {
  // An empty variable is one that is not set: that is how compose files and task definitions leave one out.
  const given: Given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = [parsed, ...ofStores.map((variables) => variables.safeParse(given))].flatMap(
    ({ error }) => error?.issues.map(describe) ?? [],
  );
  problems.push(...chosenStores(given).flatMap((store) => store.problems(given)));
  problems.push(...moveProblems(given), ...authProblems(given), ...fileProblems(given, lookAt));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(toConfig(parsed.data, given));
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')} ${message}`;
}

type LookAt = (path: string) => string | undefined;

/** Of the files that this process will read: not those of a store that was not chosen. */
function fileProblems(given: Given, lookAt: LookAt): string[] {
  const read: Record<string, unknown> = { ...environment.shape };
  for (const { variables } of chosenStores(given)) Object.assign(read, variables);
  return Object.entries(read).flatMap(([name, kind]) => {
    const path = given[name];
    const problem = kind === file && path !== undefined ? lookAt(path) : undefined;
    return problem === undefined ? [] : [`${name} names ${path ?? ''}, which ${problem}`];
  });
}

function chosenStore(given: Given) {
  return storeNamed(given['CART_STORE_TYPE']) ?? stores.postgres;
}

function storeNamed(name: string | undefined) {
  const type = storeTypes.find((known) => known === name);
  return type && stores[type];
}

/** Those that this process opens. */
function chosenStores(given: Given) {
  const source = chosenStore(given);
  const target = storeNamed(given['CART_STORE_MOVE_TO']);
  return target && target !== source ? [source, target] : [source];
}

/** Carts move to another store than theirs, and by a phase: one variable without the other would be a move half set up. */
function moveProblems(given: Given): string[] {
  const { CART_STORE_MOVE_TO: to, CART_STORE_MOVE_PHASE: phase, CART_STORE_TYPE: type = 'postgres' } = given;
  if (to !== undefined && phase === undefined)
    return [`CART_STORE_MOVE_PHASE must be set, to ${phases.join(' or ')}, where CART_STORE_MOVE_TO is`];
  if (phase !== undefined && to === undefined)
    return [
      'CART_STORE_MOVE_TO must be set where CART_STORE_MOVE_PHASE is: it names the store that carts move to',
    ];
  return to === type
    ? [`CART_STORE_MOVE_TO must be another store than CART_STORE_TYPE, which is ${type}`]
    : [];
}

function moveOf(given: Given, env: Environment, dataDir: string | undefined): MoveConfig | undefined {
  const target = storeNamed(env.CART_STORE_MOVE_TO);
  const phase = env.CART_STORE_MOVE_PHASE;
  return target && phase && { to: target.configure(given, dataDir), phase };
}

function toConfig(env: Environment, given: Given) {
  const production = env.NODE_ENV === 'production';
  const playground = env.PLAYGROUND ?? !production;
  return {
    production,
    /** Where to listen: only on this machine unless in production or told otherwise. */
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    /** Which requests have a line in the log: a share of those that went well, and those that took so many milliseconds. */
    requestLog: { sample: env.LOG_SAMPLE, slow: env.LOG_SLOW_MS },
    /** Where metrics are told; undefined for nowhere, and then nothing is measured. */
    metricsPort: (env.METRICS_PORT ?? (production ? METRICS_PORT : 0)) || undefined,
    /** Where spans are sent and how; undefined for nowhere, and then nothing is traced. */
    tracing: toTracing(env),
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
    /** The embedded engine, where one is allowed and no server is named, keeps its data in DATA_DIR. */
    store: chosenStore(given).configure(given, production ? undefined : env.DATA_DIR) satisfies StoreConfig,
    /** Where carts move while the shop sells, and how far that is; undefined for nowhere. */
    move: moveOf(given, env, production ? undefined : env.DATA_DIR),
    auth: toAuthConfig(env, production ? undefined : env.DATA_DIR),
    /** Sites whose scripts may call the service. */
    corsOrigins: env.CORS_ORIGINS,
    limits: toLimits(env),
    /** The file with the only operations that are run; absent when any are. */
    trustedDocuments: env.TRUSTED_DOCUMENTS,
  };
}
