/** The answers of the mutations. */
import { Field, ID, ObjectType } from 'type-graphql';
import type { Cart } from '../cart/cart.ts';
import type { CartProblem } from '../cart/cart-error.ts';
import type { ChangeOutcome } from '../changes/change.ts';
import { CartType } from './cart-type.ts';
import { PriceChangeType } from './product-type.ts';
import { UserError } from './user-errors.ts';

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => [UserError], { description: 'Why the change was refused; empty when it was made.' })
  userErrors!: readonly CartProblem[];
}

@ObjectType({ simpleResolvers: true })
abstract class CartPayload extends Payload {
  @Field(() => CartType, {
    nullable: true,
    description: 'The cart as it now stands, also when the change was refused.',
  })
  cart?: Cart | undefined;
}

export const payload = (name: string) => ({ description: `The answer to ${name}.`, simpleResolvers: true });

@ObjectType('CreateCartPayload', payload('createCart'))
export class CreateCartPayload extends CartPayload {}

@ObjectType('AddCartItemsPayload', payload('addCartItems'))
export class AddCartItemsPayload extends CartPayload {}

@ObjectType('UpdateCartItemsPayload', payload('updateCartItems'))
export class UpdateCartItemsPayload extends CartPayload {}

@ObjectType('RemoveCartItemsPayload', payload('removeCartItems'))
export class RemoveCartItemsPayload extends CartPayload {}

@ObjectType('ReplaceCartItemsPayload', payload('replaceCartItems'))
export class ReplaceCartItemsPayload extends CartPayload {}

@ObjectType('UpdateCartPayload', payload('updateCart'))
export class UpdateCartPayload extends CartPayload {}

@ObjectType('ClearCartPayload', payload('clearCart'))
export class ClearCartPayload extends CartPayload {}

@ObjectType('DeleteCartPayload', payload('deleteCart'))
export class DeleteCartPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The id of the cart that is no more.' })
  deletedCartId?: string | undefined;
}

@ObjectType('ClaimCartPayload', payload('claimCart'))
export class ClaimCartPayload extends CartPayload {}

@ObjectType('OpenCartPayload', payload('openCart'))
export class OpenCartPayload extends CartPayload {}

@ObjectType('MergeCartsPayload', payload('mergeCarts'))
export class MergeCartsPayload extends CartPayload {
  @Field(() => CartType, { nullable: true, description: 'The cart whose items were moved.' })
  sourceCart?: Cart | undefined;
}

@ObjectType('RefreshCartPricesPayload', payload('refreshCartPrices'))
export class RefreshCartPricesPayload extends CartPayload {
  @Field(() => [PriceChangeType], {
    description: 'What this change did, and the items that are no longer sold.',
  })
  priceChanges!: readonly PriceChangeType[];
}

@ObjectType('CheckoutCartPayload', payload('checkoutCart'))
export class CheckoutCartPayload extends CartPayload {
  @Field(() => ID, { nullable: true, description: 'The order that the cart has become.' })
  orderId?: string | undefined;
}

/** The part that all answers share. */
export function toPayload({ carts, problems }: ChangeOutcome): {
  cart: Cart | undefined;
  userErrors: CartProblem[];
} {
  return { cart: carts[0], userErrors: toUserErrors(problems) };
}

/** The problems with their paths as a client wrote them, below `input`. */
function toUserErrors(problems: readonly CartProblem[]): CartProblem[] {
  return problems.map((problem) => ({
    ...problem,
    ...(problem.field && { field: ['input', ...problem.field] }),
  }));
}
