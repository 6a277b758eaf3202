/** What a kind of store is: one value, which the registry lists. It loads no driver before it opens something. */
import type { z } from 'zod';
import type { Timestamp } from '../cart/cart.ts';
import type { CurrencyCode } from '../cart/money.ts';
import type { Given } from '../config/variables.ts';
import type { Meter } from '../metrics/meter.ts';
import type { Log } from '../process/log.ts';
import type { CartCensus } from './cart-census.ts';
import type { CartStore, StoreOptions } from './cart-store.ts';
import type { CartWalk } from './cart-walk.ts';
import type { Catalog } from './catalog.ts';

/** @typeParam Config what the store makes of its variables, with its name as `type` */
export interface Store<Config extends { readonly type: string }> {
  /** The environment variables it reads. Two stores may share one, such as AWS_REGION. */
  readonly variables: Readonly<Record<string, z.ZodType>>;
  /** Mistakes that no variable has alone, where this store is chosen. */
  problems(given: Given): string[];
  /**
   * @param given variables without a mistake
   * @param dataDir where an embedded engine keeps its data when no server is named; undefined where none is allowed
   */
  configure(given: Given, dataDir: string | undefined): Config;
  /** Starts an embedded engine where the configuration names no server. */
  open(config: Config, surroundings: StoreSurroundings): Promise<OpenedStores>;
  /** Brings the database up to date; the line that says so. */
  migrate(config: Config, surroundings: StoreSurroundings): Promise<string>;
  /**
   * Makes what `migrate` leaves to others on an engine at hand, for development, and loads the demo catalogue; the line that says so.
   * Only where there is such a thing.
   */
  setUp?(config: Config, surroundings: StoreSurroundings): Promise<string>;
  /** What to do about a failure; undefined where there is nothing to say beyond it. */
  advise(failure: Failure, config: Config): string | undefined;
  /** The address of the server that the configuration names. */
  addressOf(config: Config): string | undefined;
}

/** A failure as the driver reports it. */
export interface Failure {
  /** That of the system, of the database or of TLS; for AWS's errors their name. Else empty. */
  readonly code: string;
  readonly message: string;
}

export interface Stores {
  readonly type: string;
  /** Where its carts move, and how far that is; absent where they stay. */
  readonly move?: { readonly to: string; readonly phase: string };
  /** What the store is called, for people. */
  readonly title: string;
  readonly carts: CartStore;
  /** All carts, for tasks. */
  readonly walk: CartWalk;
  readonly catalog: Catalog;
  /** Resolves when everything that requests need can be used: the carts, and the products. Rejects with what cannot. */
  ready(options?: StoreOptions): Promise<void>;
  /** Where the data is, for people: a folder, or an address without credentials. */
  readonly location: string;
  /** Variables by which another process finds the same database. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A failure of another store than the one that is configured first: that whose carts move. */
export class OtherStoreFailure extends Error {
  // The cause says what it is.
  override readonly name = 'Error';

  constructor(
    readonly type: string,
    override readonly cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/** Most carts that have nothing to do with each other and are best written by one commit: it costs less than one for each. */
export interface Together {
  /** Of carts that are there. */
  readonly changed: number;
  readonly made: number;
}

export type OpenedStores = Stores & {
  /** Whether the engine is the process's own: such a one has tables and a catalogue at once. */
  readonly embedded: boolean;
  readonly together: Together;
  /** Whether it keeps fields of carts that only a newer version knows. */
  readonly keepsUnknown: boolean;
  readonly census: CartCensus;
};

export interface StoreSurroundings {
  readonly clock: () => Timestamp;
  readonly currency: CurrencyCode;
  readonly log: Log;
  /** Nothing is measured without one. */
  readonly meter?: Meter;
  /** Whether to delete expired carts now and then; true by default. */
  readonly sweeps?: boolean;
  /** Told whenever a record is loaded that is marked as moved, and keeps a cart. */
  readonly metMarker?: () => void;
  /** Told when an embedded engine has ended and cannot be started again. */
  readonly lost?: (error: Error) => void;
}

/** System errors of a server that cannot be reached. */
export const UNREACHABLE =
  /^(E(CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|PIPE)|TimeoutError)$/;
