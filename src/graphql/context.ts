/** What every resolver of one request shares. */
import type { CurrencyCode } from '../cart/money.ts';
import type { CartOperations, Caller } from '../changes/cart-operations.ts';
import type { Catalog } from '../stores/catalog.ts';
import type { Log } from '../process/log.ts';
import type { Outcome } from './execution/compile-operation.ts';
import { createLoaders, type Loaders } from './loaders.ts';

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
  const loaders = createLoaders(catalog, signal);
  return {
    operations,
    catalog,
    currency,
    viewer,
    signal,
    requestId,
    loggedId,
    state,
    loaders,
    log,
  };
}
