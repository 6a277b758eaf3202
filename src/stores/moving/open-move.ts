/** Both stores of a move, opened: for the service, and for the tasks that move and compare. Loaded where a move is configured. */
import { allReady } from '../all-ready.ts';
import type { CartStore } from '../cart-store.ts';
import type { Catalog } from '../catalog.ts';
import { storeOf, type MoveConfig, type StoreConfig } from '../registry.ts';
import { OtherStoreFailure, type OpenedStores, type Stores, type StoreSurroundings } from '../store.ts';
import { createMovingCartStore } from './cart-store.ts';
import { createMovingCatalog } from './catalog.ts';
import { createMover, type Mover } from './mover.ts';
import type { Phase } from './phase.ts';

export interface OpenedMove {
  /** Each by itself: with all of its markers, and the walk. */
  readonly source: OpenedStores;
  readonly target: OpenedStores;
  readonly phase: Phase;
  /** The two as one, as the service uses them. */
  readonly stores: Stores;
  readonly mover: Mover;
  /** Closes both. */
  close(): Promise<void>;
}

/** Expired carts are swept in either. @throws OtherStoreFailure for what is the target's fault */
export async function openMove(
  config: StoreConfig,
  move: MoveConfig,
  surroundings: StoreSurroundings,
): Promise<OpenedMove> {
  const { clock } = surroundings;
  const { phase } = move;
  const source = await storeOf(config).open(config, surroundings);
  const target = await storeOf(move.to)
    .open(move.to, surroundings)
    .catch(async (error: unknown) => {
      await source.close();
      throw ofTarget(move, error);
    });
  const close = async () => {
    await Promise.all([source.close(), target.close()]);
  };
  const carts = createMovingCartStore({ source: source.carts, target: target.carts, phase, clock });
  const catalog = createMovingCatalog(source.catalog, target.catalog);
  const ready: Stores['ready'] = (options) =>
    allReady([
      source.ready(options),
      target.ready(options).catch((error: unknown) => {
        throw ofTarget(move, error);
      }),
    ]);
  const mover = createMover({ source: source.carts, target: target.carts }, clock, {
    source: source.together,
    target: target.together,
  });
  return {
    source,
    target,
    phase,
    mover,
    close,
    stores: asOne(source, target, { phase, carts, catalog, ready, close }),
  };
}

interface Parts extends Pick<Stores, 'ready' | 'close'> {
  readonly phase: Phase;
  readonly carts: CartStore;
  readonly catalog: Catalog;
}

/** A walk goes through the source: what is to be handed over. */
function asOne(source: OpenedStores, target: OpenedStores, { phase, ...parts }: Parts): Stores {
  return {
    ...parts,
    type: source.type,
    move: { to: target.type, phase },
    title: `${source.title}, from which carts move to ${target.title} (${phase})`,
    walk: source.walk,
    location: `${source.location} and ${target.location}`,
    environment: { ...source.environment, ...target.environment },
  };
}

function ofTarget({ to }: MoveConfig, error: unknown): unknown {
  return error instanceof Error ? new OtherStoreFailure(to.type, error) : error;
}
