/** The two things that are compared: services started here on either store, or two that run already. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCartApi, type CartApi } from '../client/cart-api.ts';
import { findDescendants, type CpuPlan } from '../processes/cpus.ts';
import { startService } from '../processes/service.ts';
import { engineBehind, type EngineKind, type SideDescription } from './side-description.ts';
import type { SideKey } from './records.ts';
import type { Targets } from './settings.ts';

export interface Side extends SideDescription {
  readonly key: SideKey;
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

/** PostgreSQL first, DynamoDB second, or the two hosts in their order. Closes the first when the second fails. */
export async function openSides(options: SideOptions): Promise<[Side, Side]> {
  const { targets } = options;
  if (targets.kind === 'hosts') {
    return openHosts(targets.urls, options.engines === 'aws' ? 'aws' : 'unsaid');
  }
  const postgres = await openPostgres(targets.postgresUrl, options);
  try {
    return [postgres, await openDynamoDb(targets.dynamodbEndpoint, 'eventual', options)];
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

const STORE_LABELS: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', dynamodb: 'DynamoDB' };

async function openHosts(urls: readonly [string, string], engine: EngineKind): Promise<[Side, Side]> {
  const apis = urls.map(openCartApi) as [CartApi, CartApi];
  const stores = await Promise.all(
    apis.map(async (api) => (await api.storeName().catch(() => undefined)) ?? 'unknown store'),
  );
  const alike = stores[0] === stores[1];
  const side = (key: SideKey, at: 0 | 1): Side => {
    const [store = '', api] = [stores[at], apis[at]];
    const label = STORE_LABELS[store] ?? store;
    return {
      key,
      api,
      label: alike ? `${key === 'first' ? 'First' : 'Second'} (${label})` : label,
      behind: `the service at ${hostOf(urls[at])} (${store})`,
      engine,
      running: true,
      enginePids: () => [],
      close: () => Promise.resolve().then(api.close),
    };
  };
  return [side('first', 0), side('second', 1)];
}

async function openOwn(
  key: SideKey,
  description: SideDescription,
  env: Readonly<Record<string, string>>,
  { logs, cpus, realTime, signal }: SideOptions,
): Promise<Side> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cartwright-compare-'));
  const remove = () => {
    rmSync(dataDir, { recursive: true, force: true });
  };
  const logFile = join(logs, `service-${key}.log`);
  try {
    const service = await startService({
      env: { ...env, DATA_DIR: dataDir },
      logFile,
      cpus,
      realTime,
      signal,
    });
    const api = openCartApi(service.url);
    return {
      ...description,
      key,
      api,
      pid: service.pid,
      enginePids: () => findDescendants(service.pid),
      async close() {
        api.close();
        await service.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function openPostgres(url: string | undefined, options: SideOptions): Promise<Side> {
  const behind =
    url === undefined ? 'the embedded PostgreSQL on this machine' : `PostgreSQL at ${hostOf(url)}`;
  return openOwn(
    'first',
    { label: 'PostgreSQL', behind, engine: engineBehind(url) },
    { CART_STORE_TYPE: 'postgres', ...(url === undefined ? {} : { DATABASE_URL: url }) },
    options,
  );
}

async function openDynamoDb(
  endpoint: string | undefined,
  reads: 'eventual' | 'strong',
  options: SideOptions,
): Promise<Side> {
  const { behind, env } = dynamoDbAt(endpoint);
  const side = await openOwn(
    'second',
    { label: 'DynamoDB', behind, engine: engineBehind(endpoint) },
    { CART_STORE_TYPE: 'dynamodb', DYNAMODB_READ_CONSISTENCY: reads, ...env },
    options,
  );
  return { ...side, reads, startWith: (other) => openDynamoDb(endpoint, other, options) };
}

/** "aws" is the region's own endpoint, which the service takes in production, where it creates no tables. */
function dynamoDbAt(endpoint: string | undefined): { behind: string; env: Record<string, string> } {
  if (endpoint === undefined) {
    return { behind: 'an embedded engine that speaks the DynamoDB protocol on this machine', env: {} };
  }
  if (endpoint === 'aws') {
    const region = process.env['AWS_REGION'] ?? 'the configured region';
    return {
      behind: `DynamoDB in ${region}`,
      env: { NODE_ENV: 'production', ALLOW_UNAUTHENTICATED: 'true', SHUTDOWN_DELAY_SECONDS: '0' },
    };
  }
  return {
    behind: `a DynamoDB engine at ${hostOf(endpoint)}`,
    env: { AWS_ENDPOINT_URL_DYNAMODB: endpoint },
  };
}

const hostOf = (url: string): string => new URL(url).host;
