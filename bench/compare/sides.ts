/** The two things that are compared: services started here on either store, or two that run already. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CpuPlan } from '../load/process-cpu.ts';
import { openCartApi, type CartApi } from './cart-api.ts';
import type { SideKey } from './records.ts';
import { engineBehind, type EngineKind, type SideDescription } from './side-description.ts';
import { startService } from './service-process.ts';
import type { Targets } from './settings.ts';

export interface Side extends SideDescription {
  readonly key: SideKey;
  readonly url: string;
  readonly api: CartApi;
  /** Undefined for a service that was not started here. */
  readonly pid?: number;
  enginePids(): number[];
  /** Read consistency of queries; undefined where it is not known. */
  readonly reads?: 'eventual' | 'strong';
  /** The same store with the other read consistency, where that makes a difference and can be had. */
  startWith?(reads: 'eventual' | 'strong'): Promise<Side>;
  close(): Promise<void>;
}

export interface SideOptions {
  readonly targets: Targets;
  /** What the asker says of running services. */
  readonly engines: 'aws' | 'embedded';
  /** Folder for the services' logs. */
  readonly logs: string;
  readonly cpus: CpuPlan | undefined;
  readonly realTime: boolean;
  readonly signal?: AbortSignal;
}

async function openHost(
  key: SideKey,
  url: string,
  engine: EngineKind,
): Promise<Omit<Side, 'label'> & { store: string }> {
  const api = openCartApi(url);
  const store = (await api.storeName().catch(() => undefined)) ?? 'unknown store';
  const { host } = new URL(url);
  return {
    key,
    url,
    api,
    store,
    behind: `the service at ${host} (${store})`,
    engine,
    running: true,
    enginePids: () => [],
    close: () => api.close(),
  };
}

const STORE_LABELS: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', dynamodb: 'DynamoDB' };

async function openHosts(urls: readonly [string, string], engine: EngineKind): Promise<[Side, Side]> {
  const [first, second] = await Promise.all([
    openHost('first', urls[0], engine),
    openHost('second', urls[1], engine),
  ]);
  const name = (store: string) => STORE_LABELS[store] ?? store;
  const alike = first.store === second.store;
  return [
    { ...first, label: alike ? `First (${name(first.store)})` : name(first.store) },
    { ...second, label: alike ? `Second (${name(second.store)})` : name(second.store) },
  ];
}

async function openOwn(
  key: SideKey,
  description: SideDescription,
  env: Readonly<Record<string, string>>,
  options: SideOptions,
): Promise<Side> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cartwright-compare-'));
  const remove = () => {
    rmSync(dataDir, { recursive: true, force: true });
  };
  const logFile = join(options.logs, `service-${key}.log`);
  mkdirSync(options.logs, { recursive: true });
  try {
    const { cpus, realTime, signal } = options;
    const service = await startService({
      env: { ...env, DATA_DIR: dataDir },
      logFile,
      cpus,
      realTime,
      ...(signal === undefined ? {} : { signal }),
    });
    const api = openCartApi(service.url);
    return {
      ...description,
      key,
      url: service.url,
      api,
      pid: service.pid,
      enginePids: () => service.enginePids(),
      async close() {
        await api.close();
        await service.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** PostgreSQL first, DynamoDB second, or the two hosts in their order. Closes the first when the second fails. */
export async function openSides(options: SideOptions): Promise<[Side, Side]> {
  const { targets } = options;
  if (targets.kind === 'hosts') {
    return openHosts(targets.urls, options.engines === 'aws' ? 'aws' : 'unsaid');
  }
  const { postgresUrl, dynamodbEndpoint } = targets;
  const postgres = await openOwn(
    'first',
    {
      label: 'PostgreSQL',
      behind:
        postgresUrl === undefined
          ? 'the embedded PostgreSQL on this machine'
          : `PostgreSQL at ${hostOf(postgresUrl)}`,
      engine: engineBehind(postgresUrl),
    },
    { CART_STORE_TYPE: 'postgres', ...(postgresUrl === undefined ? {} : { DATABASE_URL: postgresUrl }) },
    options,
  );
  try {
    return [postgres, await openDynamoDb(dynamodbEndpoint, 'eventual', options)];
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

async function openDynamoDb(
  endpoint: string | undefined,
  reads: 'eventual' | 'strong',
  options: SideOptions,
): Promise<Side> {
  const behind =
    endpoint === undefined
      ? 'an embedded engine that speaks the DynamoDB protocol on this machine'
      : endpoint === 'aws'
        ? `DynamoDB in ${process.env['AWS_REGION'] ?? 'the configured region'}`
        : `a DynamoDB engine at ${hostOf(endpoint)}`;
  const env = {
    CART_STORE_TYPE: 'dynamodb',
    DYNAMODB_READ_CONSISTENCY: reads,
    ...dynamoDbEnvironment(endpoint),
  };
  const side = await openOwn(
    'second',
    { label: 'DynamoDB', behind, engine: engineBehind(endpoint) },
    env,
    options,
  );
  return { ...side, reads, startWith: (other) => openDynamoDb(endpoint, other, options) };
}

/** "aws" is the region's own endpoint, which the service takes in production, where it creates no tables. */
function dynamoDbEnvironment(endpoint: string | undefined): Record<string, string> {
  if (endpoint === undefined) return {};
  return endpoint === 'aws'
    ? { NODE_ENV: 'production', ALLOW_UNAUTHENTICATED: 'true', SHUTDOWN_DELAY_SECONDS: '0' }
    : { AWS_ENDPOINT_URL_DYNAMODB: endpoint };
}

const hostOf = (url: string): string => new URL(url).host;
