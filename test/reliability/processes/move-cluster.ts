/**
 * Four processes of the service on two databases, between which carts move: each with a proxy before it and one behind it for each
 * database, which lose what they are told to; and a mover, behind proxies of its own.
 */
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { demoCatalog } from '../../../src/stores/demo-catalog.ts';
import { findFreePort } from '../../../src/stores/embedded/free-port.ts';
import { openMove, type OpenedMove } from '../../../src/stores/moving/open-move.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';
import type { Stage } from '../moving/journey.ts';
import { openDynamoDB, openPostgres, PRODUCTS, startMember, TIMES, type Database } from './cluster.ts';
import { startMover, type MoverProcess } from './mover.ts';

const SIZE = 4;
/** By number, as a {@link Stage} calls them. */
const TYPES = ['postgres', 'dynamodb'] as const;

export interface MovingMember {
  readonly url: string;
  readonly front: TcpProxy;
  readonly backs: readonly TcpProxy[];
  /** Whether there is a process that listens. */
  isUp(): boolean;
  /** Ends the process as a crash does, and starts one of a stage at the same port. Resolves when it listens. */
  restart(stage: Stage): Promise<void>;
}

export interface MovingCluster {
  readonly members: readonly MovingMember[];
  /** Both databases themselves, past all proxies and processes, by the direction. */
  readonly direct: readonly [OpenedMove, OpenedMove];
  /** Of all processes, the mover's too. */
  readonly proxies: readonly TcpProxy[];
  /** What a task of the move needs of the environment, past all proxies. */
  envOfMove(from: 0 | 1): Record<string, string>;
  /** Starts a mover of a direction. */
  startMover(from: 0 | 1): MoverProcess;
  endSessions(): Promise<void>;
  close(): Promise<void>;
}

type Databases = readonly [Database, Database];

/** @param stage in which all of them begin */
export async function openMovingCluster(
  stage: Stage,
  more: Readonly<Record<string, string>> = {},
): Promise<MovingCluster> {
  const databases = [await openPostgres(), await openDynamoDB()] as const;
  const env = (one: Stage, addresses: readonly string[]) => ({
    ...TIMES,
    ...more,
    ...databases[0].env(addresses[0] ?? ''),
    ...databases[1].env(addresses[1] ?? ''),
    ...envOf(one),
  });
  const plainAddresses = databases.map(({ address }) => address);
  const directOf = (from: 0 | 1) => openDirect(env({ phase: 'handover', from }, plainAddresses));
  const direct = [await directOf(0), await directOf(1)] as const;
  await direct[0].stores.catalog.upsert(demoCatalog('USD').slice(0, PRODUCTS));
  const members = await Promise.all(Array.from({ length: SIZE }, () => openMember(databases, env, stage)));
  const moverBacks = await openBacks(databases);
  return {
    members: members.map(({ member }) => member),
    direct,
    proxies: [...members.flatMap(({ member: { front, backs } }) => [front, ...backs]), ...moverBacks],
    envOfMove: (from) => env({ phase: 'handover', from }, plainAddresses),
    startMover: (from) => startMover(env({ phase: 'handover', from }, moverBacks.map(addressOf))),
    async endSessions() {
      // Two at the same time end each other's.
      await databases[0].endSessions?.().catch(() => undefined);
    },
    async close() {
      for (const { close } of members) await close();
      for (const back of moverBacks) back.close();
      for (const one of direct) await one.close();
      for (const { drop } of databases) await drop();
    },
  };
}

function envOf({ phase, from }: Stage): Record<string, string> {
  const [source, target] = from === 0 ? TYPES : [TYPES[1], TYPES[0]];
  if (phase === 'plain') return { CART_STORE_TYPE: source };
  return { CART_STORE_TYPE: source, CART_STORE_MOVE_TO: target, CART_STORE_MOVE_PHASE: phase };
}

async function openDirect(env: Record<string, string>): Promise<OpenedMove> {
  const { store, move, currency } = loadConfig(env);
  if (!move) throw new Error('No move is configured');
  return openMove(store, move, { clock: Date.now, currency, log: createLog('silent'), sweeps: false });
}

function openBacks(databases: Databases): Promise<TcpProxy[]> {
  return Promise.all(databases.map(({ address }) => startTcpProxy(address)));
}

const addressOf = ({ url }: TcpProxy) => url.replace(/\/$/, '');

async function openMember(
  databases: Databases,
  env: (stage: Stage, addresses: readonly string[]) => Record<string, string>,
  first: Stage,
): Promise<{ member: MovingMember; close: () => Promise<void> }> {
  const backs = await openBacks(databases);
  const port = await findFreePort();
  const start = (stage: Stage) => startMember({ ...env(stage, backs.map(addressOf)), PORT: String(port) });
  let service = await start(first);
  let up = true;
  const front = await startTcpProxy(`http://127.0.0.1:${port}`);
  const kill = async () => {
    up = false;
    service.child.kill('SIGKILL');
    await service.ended();
  };
  return {
    member: {
      url: addressOf(front),
      front,
      backs,
      isUp: () => up,
      async restart(stage) {
        await kill();
        service = await start(stage);
        up = true;
      },
    },
    async close() {
      await kill();
      for (const one of [front, ...backs]) one.close();
    },
  };
}
