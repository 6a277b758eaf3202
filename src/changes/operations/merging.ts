/** Two carts become one. */
import type { Cart } from '../../cart/cart.ts';
import type { CartId } from '../../cart/ids.ts';
import { InputError } from '../../cart/input-error.ts';
import { mergeCarts, type MergeStrategy } from '../../cart/merge.ts';
import { changeCarts } from '../change-carts.ts';
import type { ChangeOutcome, Target } from '../change.ts';
import type { ChangeTerms, OperationDependencies } from './operation.ts';

export interface MergeInput {
  readonly sourceCartId: CartId;
  readonly targetCartId: CartId;
  readonly strategy: MergeStrategy;
  readonly expectedSourceVersion?: number | undefined;
  readonly expectedTargetVersion?: number | undefined;
}

export function createMerging(deps: OperationDependencies) {
  return {
    /** The outcome's carts are the target and the source, in this order. @throws InputError for a cart with itself */
    async mergeCarts(input: MergeInput, terms: Omit<ChangeTerms, 'expectedVersion'>): Promise<ChangeOutcome> {
      const { sourceCartId, targetCartId, strategy } = input;
      if (sourceCartId === targetCartId) {
        throw new InputError('sourceCartId', 'must be another cart than the target', sourceCartId);
      }
      return changeCarts(deps, {
        ...terms,
        operation: 'mergeCarts',
        args: { sourceCartId, targetCartId, strategy },
        targets: targetsOf(input),
        apply: ([target, source]) => {
          const merged = mergeCarts(source as Cart, target as Cart, strategy);
          return [merged.target, merged.source];
        },
      });
    },
  };
}

function targetsOf(input: MergeInput): [Target, Target] {
  const target: Target = {
    id: input.targetCartId,
    field: 'targetCartId',
    expectedVersion: input.expectedTargetVersion,
    versionField: 'expectedTargetVersion',
  };
  const source: Target = {
    id: input.sourceCartId,
    field: 'sourceCartId',
    expectedVersion: input.expectedSourceVersion,
    versionField: 'expectedSourceVersion',
  };
  return [target, source];
}
