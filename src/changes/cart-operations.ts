/** Everything that can be done with carts, one function each; GraphQL and REST both stand on these. */
import { createCatalogueOperations } from './operations/catalogue.ts';
import { createCreating } from './operations/creating.ts';
import { createItemOperations } from './operations/items.ts';
import { createLifeOperations } from './operations/life.ts';
import { createMerging } from './operations/merging.ts';
import type { OperationDependencies } from './operations/operation.ts';
import { createOpening } from './operations/opening.ts';
import { createPriceOperations } from './operations/prices.ts';
import { createReading } from './operations/reading.ts';

export type { CreateInput } from './operations/creating.ts';
export type { Caller, ChangeTerms } from './operations/operation.ts';

export type CartOperations = ReturnType<typeof createCartOperations>;

/**
 * The changes resolve to a ChangeOutcome, also when they are refused. All functions throw PermissionError when the viewer may
 * not act for a customer, and whatever changeCarts and the stores throw. Each is written in the file of its kind, and called as it
 * is written there.
 */
export function createCartOperations(deps: OperationDependencies) {
  return {
    ...createCatalogueOperations(deps),
    ...createCreating(deps),
    ...createItemOperations(deps),
    ...createLifeOperations(deps),
    ...createMerging(deps),
    ...createOpening(deps),
    ...createPriceOperations(deps),
    ...createReading(deps),
  };
}
