/** One method per mutation: the client's arguments, the operation, the answer. */
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { parseCartId, parseCustomerId } from '../cart/ids.ts';
import { checkNotEmpty } from '../cart/input-checks.ts';
import { toAdditions, toDetails, toQuantities, toReferences, toTerms } from './arguments.ts';
import type { Context } from './context.ts';
import * as input from './inputs.ts';
import * as payload from './payloads.ts';

const { toPayload } = payload;

@Resolver()
export class CartMutations {
  @Mutation(() => payload.CreateCartPayload, { nullable: true, description: 'Creates a cart.' })
  async createCart(
    @Arg('input', () => input.CreateCartInput, { description: 'The new cart.' }) input: input.CreateCartInput,
    @Ctx() context: Context,
  ) {
    const terms = toTerms(input, context);
    const details = toDetails(input);
    const outcome = await context.operations.createCart(
      {
        customerId:
          input.customerId == null ? undefined : parseCustomerId(input.customerId, 'input.customerId'),
        items: input.items ? toSomeAdditions(input.items) : undefined,
        note: details.note ?? undefined,
        attributes: details.attributes ?? undefined,
      },
      terms,
    );
    return toPayload(outcome);
  }

  @Mutation(() => payload.AddCartItemsPayload, {
    nullable: true,
    description:
      'Adds to the quantity of an item that is already there (whose name and price stay). All items or none.',
  })
  async addCartItems(
    @Arg('input', () => input.AddCartItemsInput, { description: 'What to add, and to which cart.' })
    input: input.AddCartItemsInput,
    @Ctx() context: Context,
  ) {
    const items = toSomeAdditions(input.items);
    const outcome = await context.operations.addItems(cartIdOf(input), items, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.UpdateCartItemsPayload, {
    nullable: true,
    description: 'Sets quantities; 0 removes the item. All items or none.',
  })
  async updateCartItems(
    @Arg('input', () => input.UpdateCartItemsInput, { description: 'The new quantities.' })
    input: input.UpdateCartItemsInput,
    @Ctx() context: Context,
  ) {
    const items = toQuantities(input.items);
    const outcome = await context.operations.setQuantities(cartIdOf(input), items, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.RemoveCartItemsPayload, {
    nullable: true,
    description: 'Removes items from a cart. All or none.',
  })
  async removeCartItems(
    @Arg('input', () => input.RemoveCartItemsInput, { description: 'What to remove, and from which cart.' })
    input: input.RemoveCartItemsInput,
    @Ctx() context: Context,
  ) {
    const items = toReferences(input);
    const outcome = await context.operations.removeItems(cartIdOf(input), items, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.ReplaceCartItemsPayload, {
    nullable: true,
    description:
      'Makes the items exactly these, in one atomic step; items that stay keep name, price and place.',
  })
  async replaceCartItems(
    @Arg('input', () => input.ReplaceCartItemsInput, { description: 'The items, and of which cart.' })
    input: input.ReplaceCartItemsInput,
    @Ctx() context: Context,
  ) {
    const items = toAdditions(input.items);
    const outcome = await context.operations.replaceItems(cartIdOf(input), items, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.UpdateCartPayload, {
    nullable: true,
    description:
      'Sets note and attributes of the cart; what is left out stays, null or an empty list removes.',
  })
  async updateCart(
    @Arg('input', () => input.UpdateCartInput, { description: 'What is to be said of which cart.' })
    input: input.UpdateCartInput,
    @Ctx() context: Context,
  ) {
    const details = toDetails(input);
    const outcome = await context.operations.updateCart(cartIdOf(input), details, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.ClearCartPayload, { nullable: true, description: 'Removes every item of a cart.' })
  async clearCart(
    @Arg('input', () => input.ClearCartInput, { description: 'Which cart.' }) input: input.ClearCartInput,
    @Ctx() context: Context,
  ) {
    const outcome = await context.operations.clearCart(cartIdOf(input), toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.DeleteCartPayload, {
    nullable: true,
    description: 'Deletes an active cart. Its id is never used again.',
  })
  async deleteCart(
    @Arg('input', () => input.DeleteCartInput, { description: 'Which cart.' }) input: input.DeleteCartInput,
    @Ctx() context: Context,
  ) {
    const cartId = cartIdOf(input);
    const outcome = await context.operations.deleteCart(cartId, toTerms(input, context));
    const { userErrors } = toPayload(outcome);
    return { userErrors, deletedCartId: userErrors.length === 0 ? cartId : undefined };
  }

  @Mutation(() => payload.ClaimCartPayload, {
    nullable: true,
    description: 'Gives a guest cart to a customer; for the cart’s own customer it is a success already.',
  })
  async claimCart(
    @Arg('input', () => input.ClaimCartInput, { description: 'Which cart, and for whom.' })
    input: input.ClaimCartInput,
    @Ctx() context: Context,
  ) {
    const customerId = parseCustomerId(input.customerId, 'input.customerId');
    const outcome = await context.operations.claimCart(cartIdOf(input), customerId, toTerms(input, context));
    return toPayload(outcome);
  }

  @Mutation(() => payload.OpenCartPayload, {
    nullable: true,
    description:
      'The customer’s one active cart, made when there is none; a guest cart that is named is claimed, or merged into it. However many devices ask at once, they get the same cart. For a guest it makes a guest’s cart, or answers the one that is named.',
  })
  async openCart(
    @Arg('input', () => input.OpenCartInput, { description: 'For whom, and what to do with a guest’s cart.' })
    input: input.OpenCartInput,
    @Ctx() context: Context,
  ) {
    const { guestCartId, customerId, strategy } = input;
    const outcome = await context.operations.openCart(
      {
        strategy,
        guestCartId: guestCartId == null ? undefined : parseCartId(guestCartId, 'input.guestCartId'),
        customerId: customerId == null ? undefined : parseCustomerId(customerId, 'input.customerId'),
      },
      toTerms(input, context),
    );
    return toPayload(outcome);
  }

  @Mutation(() => payload.MergeCartsPayload, {
    nullable: true,
    description:
      'Moves the items of one cart into another, in one atomic step; the source becomes MERGED, and one without a customer takes the target’s. Where both have an item, the target’s name and price stay.',
  })
  async mergeCarts(
    @Arg('input', () => input.MergeCartsInput, { description: 'The two carts, and how.' })
    input: input.MergeCartsInput,
    @Ctx() context: Context,
  ) {
    const sourceCartId = parseCartId(input.sourceCartId, 'input.sourceCartId');
    const targetCartId = parseCartId(input.targetCartId, 'input.targetCartId');
    const outcome = await context.operations.mergeCarts(
      {
        sourceCartId,
        targetCartId,
        strategy: input.strategy,
        expectedSourceVersion: input.expectedSourceVersion ?? undefined,
        expectedTargetVersion: input.expectedTargetVersion ?? undefined,
      },
      toTerms(input, context),
    );
    return { ...toPayload(outcome), sourceCart: outcome.carts[1] };
  }

  @Mutation(() => payload.RefreshCartPricesPayload, {
    nullable: true,
    description:
      'Takes the catalogue’s current names and prices into the cart; items no longer sold stay as they are and are reported.',
  })
  async refreshCartPrices(
    @Arg('input', () => input.RefreshCartPricesInput, { description: 'Which cart.' })
    input: input.RefreshCartPricesInput,
    @Ctx() context: Context,
  ) {
    const outcome = await context.operations.refreshPrices(cartIdOf(input), toTerms(input, context));
    return { ...toPayload(outcome), priceChanges: outcome.priceChanges };
  }

  @Mutation(() => payload.CheckoutCartPayload, {
    nullable: true,
    description:
      'Freezes the cart and gives it an order id: refused with PRICE_CHANGED when a price is no longer the catalogue’s, unless acceptCartPrices; with TOTAL_MISMATCH unless the total is expectedTotal, where given.',
  })
  async checkoutCart(
    @Arg('input', () => input.CheckoutCartInput, { description: 'Which cart, and on which conditions.' })
    input: input.CheckoutCartInput,
    @Ctx() context: Context,
  ) {
    const outcome = await context.operations.checkOut(
      {
        cartId: cartIdOf(input),
        expectedTotal: input.expectedTotal ?? undefined,
        acceptCartPrices: input.acceptCartPrices,
      },
      toTerms(input, context),
    );
    const { cart, userErrors } = toPayload(outcome);
    return { cart, userErrors, orderId: userErrors.length === 0 ? cart?.orderId : undefined };
  }
}

/** At least one. */
function toSomeAdditions(items: readonly input.AddCartItemInput[]) {
  checkNotEmpty(items, 'input.items');
  return toAdditions(items);
}

function cartIdOf(input: { cartId: string }): string {
  return parseCartId(input.cartId, 'input.cartId');
}
