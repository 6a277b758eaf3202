/** What every resolver of one request shares. */
import DataLoader from 'dataloader';
import type { ProductId } from '../cart/ids.ts';
import type { CurrencyCode } from '../cart/money.ts';
import type { Product } from '../cart/product.ts';
import type { CartOperations, Caller } from '../changes/cart-operations.ts';
import type { Catalog } from '../stores/catalog.ts';
import type { Log } from '../process/log.ts';
import type { Signal } from '../waiting/abortable.ts';
import type { Outcome } from './execution/compile-operation.ts';

/** What the schema stands on, for as long as the process runs. */
export interface GraphQLDependencies {
  readonly operations: CartOperations;
  readonly catalog: Catalog;
  /** Of prices that clients send. */
  readonly currency: CurrencyCode;
  /** For faults that no answer tells of. */
  readonly log?: Pick<Log, 'error'> | undefined;
}

/** What changes while a request is answered. */
export interface RequestState {
  /** The request turned out to be no valid GraphQL. */
  invalid: boolean;
  /** For the log and for numbers. */
  operation?: string | undefined;
  code?: string;
  /** A fault was logged that the answer does not tell of. */
  faultLogged: boolean;
  /** Gives back the room for the carts that are read; absent for a few. */
  leave?: () => void;
  /** Why the operation is not run; absent for one that was not refused. */
  refused?: Error;
  /** What came of it; absent before it was run. */
  outcome?: Outcome;
}

/**
 * The products that one request asks for: each once, and all that it asks for at one moment together. Most requests need none. A
 * class, as to make an object with an accessor of its own takes a microsecond.
 */
class Loaders {
  private made: DataLoader<ProductId, Product | undefined> | undefined = undefined;

  constructor(
    private readonly catalog: Catalog,
    private readonly signal: Signal,
  ) {}

  get products(): DataLoader<ProductId, Product | undefined> {
    const { catalog, signal } = this;
    return (this.made ??= new DataLoader((ids) => catalog.findMany(ids, { signal })));
  }
}

export interface Context extends Caller, GraphQLDependencies {
  readonly requestId: string;
  /** What the log calls the request. */
  readonly loggedId: string;
  readonly loaders: Loaders;
  readonly state: RequestState;
}

export function createContext(
  deps: GraphQLDependencies,
  caller: Caller,
  requestId: string,
  loggedId = requestId,
): Context {
  const { operations, catalog, currency, log } = deps;
  const { viewer, signal } = caller;
  const state: RequestState = { invalid: false, faultLogged: false };
  return {
    operations,
    catalog,
    currency,
    viewer,
    signal,
    requestId,
    loggedId,
    state,
    loaders: new Loaders(catalog, signal),
    log,
  };
}
