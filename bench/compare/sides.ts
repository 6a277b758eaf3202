/** The two things that are compared: services started here on either store, or two that run already. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCartApi, type CartApi } from '../client/cart-api.ts';
import { startService } from '../processes/launch.ts';
import { findDescendants, type CpuPlan } from '../processes/machine.ts';
import { bySide, type BySide, type EngineKind, type SideDescription, type SideKey } from './records.ts';
import type { Targets } from './settings.ts';

type Reads = 'eventual' | 'strong';

export interface Side extends SideDescription {
  readonly api: CartApi;
  /** Undefined for a service that was not started here. */
  readonly pid?: number;
  enginePids(): number[];
  /** Read consistency of queries; undefined where it is not known. */
  readonly reads?: Reads;
  /** The same store with the other read consistency, where that makes a difference and can be had. */
  startWith?(reads: Reads): Promise<Side>;
  close(): Promise<void>;
}

interface SideOptions {
  readonly targets: Targets;
  /** What the asker says of running services. */
  readonly engines: 'aws' | 'embedded';
  /** Folder for the services' logs. */
  readonly logs: string;
  readonly cpus: CpuPlan | undefined;
  readonly signal?: AbortSignal;
}

/** PostgreSQL first, DynamoDB second, or the two hosts in their order. Closes the one when the other fails. */
export async function openSides(options: SideOptions): Promise<BySide<Side>> {
  const { targets } = options;
  if ('hosts' in targets) return openHosts(targets.hosts, options.engines === 'aws' ? 'aws' : 'unsaid');
  const [first, second] = await Promise.allSettled([
    openPostgres(targets.postgresUrl, options),
    openDynamoDb(targets.dynamodbEndpoint, 'eventual', options),
  ]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled')
    return { first: first.value, second: second.value };
  for (const side of [first, second]) if (side.status === 'fulfilled') await side.value.close();
  const failed = [first, second].find((side) => side.status === 'rejected');
  throw failed?.reason as Error;
}

const hostOf = (url: string): string => new URL(url).host;

/** Everything but an address of AWS is taken for an engine without network, replicas and limits. @param target undefined: embedded; "aws": the region's */
export function engineBehind(target: string | undefined): EngineKind {
  if (target === undefined) return 'embedded';
  return target === 'aws' || /\.amazonaws\.com(\.cn)?$/.test(new URL(target).hostname) ? 'aws' : 'named';
}

const STORE_LABELS: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', dynamodb: 'DynamoDB' };

async function openHosts(urls: readonly [string, string], engine: EngineKind): Promise<BySide<Side>> {
  const open = async (url: string) => {
    const api = openCartApi(url);
    return { url, api, store: (await api.storeName().catch(() => undefined)) ?? 'unknown store' };
  };
  const opened = { first: await open(urls[0]), second: await open(urls[1]) };
  return bySide((key) => {
    const { url, api, store } = opened[key];
    const label = STORE_LABELS[store] ?? store;
    const alike = opened.first.store === opened.second.store;
    return {
      label: alike ? `${key === 'first' ? 'First' : 'Second'} (${label})` : label,
      behind: `the service at ${hostOf(url)} (${store})`,
      ...{ api, engine, running: true, enginePids: () => [] },
      close: () => Promise.resolve().then(api.close),
    };
  });
}

async function openOwn(
  key: SideKey,
  description: SideDescription,
  env: Readonly<Record<string, string>>,
  { logs, cpus, signal }: SideOptions,
): Promise<Side> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cartwright-compare-'));
  const remove = () => {
    rmSync(dataDir, { recursive: true, force: true });
  };
  const logFile = join(logs, `service-${key}.log`);
  const starting = startService({ env: { ...env, DATA_DIR: dataDir }, logFile, cpus, signal });
  starting.catch(remove);
  const service = await starting;
  const api = openCartApi(service.url);
  return {
    ...description,
    api,
    pid: service.pid,
    enginePids: () => findDescendants(service.pid),
    async close() {
      api.close();
      await service.stop();
      remove();
    },
  };
}

function openPostgres(url: string | undefined, options: SideOptions): Promise<Side> {
  const behind =
    url === undefined ? 'the embedded PostgreSQL on this machine' : `PostgreSQL at ${hostOf(url)}`;
  const env = { CART_STORE_TYPE: 'postgres', ...(url === undefined ? {} : { DATABASE_URL: url }) };
  return openOwn('first', { label: 'PostgreSQL', behind, engine: engineBehind(url) }, env, options);
}

async function openDynamoDb(endpoint: string | undefined, reads: Reads, options: SideOptions): Promise<Side> {
  const { behind, env } = dynamoDbAt(endpoint);
  const description = { label: 'DynamoDB', behind, engine: engineBehind(endpoint) };
  const all = { CART_STORE_TYPE: 'dynamodb', DYNAMODB_READ_CONSISTENCY: reads, ...env };
  const side = await openOwn('second', description, all, options);
  return { ...side, reads, startWith: (other) => openDynamoDb(endpoint, other, options) };
}

/** "aws" is the region's own endpoint, which the service takes in production, where it creates no tables. */
function dynamoDbAt(endpoint: string | undefined): { behind: string; env: Record<string, string> } {
  if (endpoint === undefined) {
    return { behind: 'an embedded engine that speaks the DynamoDB protocol on this machine', env: {} };
  }
  if (endpoint !== 'aws') {
    const env = { AWS_ENDPOINT_URL_DYNAMODB: endpoint };
    return { behind: `a DynamoDB engine at ${hostOf(endpoint)}`, env };
  }
  const env = { NODE_ENV: 'production', ALLOW_UNAUTHENTICATED: 'true', SHUTDOWN_DELAY_SECONDS: '0' };
  return { behind: `DynamoDB in ${process.env['AWS_REGION'] ?? 'the configured region'}`, env };
}
