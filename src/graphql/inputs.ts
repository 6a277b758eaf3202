/** The inputs of the mutations. Their checks live with the rules in cart/, so nothing is validated twice. */
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { MAX_ATTRIBUTES } from '../cart/attributes.ts';
import { MAX_NOTE } from '../cart/cart.ts';
import type { MergeStrategy as Strategy } from '../cart/merge.ts';
import { AttributeInput } from './attribute-type.ts';
import { Decimal } from './scalars.ts';

export const MergeStrategy = {
  SUM: 'SUM',
  MAX: 'MAX',
  KEEP_TARGET: 'KEEP_TARGET',
  REPLACE: 'REPLACE',
} as const satisfies Record<Strategy, Strategy>;

registerEnumType(MergeStrategy, {
  name: 'MergeStrategy',
  description: 'What to do with items that both carts have.',
  valuesConfig: {
    SUM: { description: 'Quantities are added up.' },
    MAX: { description: 'The larger quantity wins.' },
    KEEP_TARGET: {
      description: 'The target’s items stay as they are; those that only the source has are added.',
    },
    REPLACE: { description: 'The source’s items replace the target’s.' },
  },
});

const upTo = (most: number) => `At most ${most}.`;

const note = `What the shopper wants to say; at most ${MAX_NOTE} characters.`;
const cartAttributes = `Whatever the shop keeps with the cart. ${upTo(MAX_ATTRIBUTES.cart)}`;
const cartId = 'The id of the cart.';
const expectedVersion = 'Refuse the change with VERSION_CONFLICT unless the cart is at this version.';
const idempotencyKey =
  'Makes the change happen once, however often it is sent: 1 to 255 characters, remembered for the last 32 changes of the cart.';

@InputType('AddCartItemInput', { description: 'So many of a product, to be added.' })
export class AddCartItemInput {
  @Field(() => ID, { description: 'The product; with the same attributes once in a list.' })
  productId!: string;

  @Field(() => Int, { description: 'How many; 1 to 9999.' })
  quantity!: number;

  @Field(() => [AttributeInput], {
    nullable: true,
    description: `Options, engraving, gift wrap, in any order: with others it is another item. ${upTo(MAX_ATTRIBUTES.item)}`,
  })
  attributes?: AttributeInput[] | null;
}

@InputType('UpdateCartItemInput', {
  description:
    'The new quantity of an item that is in the cart. Exactly one of itemId and productId; productId where the cart has one item of it.',
})
export class UpdateCartItemInput {
  @Field(() => ID, { nullable: true, description: 'The item; once in a list.' })
  itemId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The product of the item; once in a list.' })
  productId?: string | null;

  @Field(() => Int, { description: 'The new quantity; 0 removes the item.' })
  quantity!: number;
}

@InputType('CreateCartInput', { description: 'A new cart.' })
export class CreateCartInput {
  @Field(() => ID, { nullable: true, description: 'Whose cart it will be; leave it out for a guest cart.' })
  customerId?: string | null;

  @Field(() => [AddCartItemInput], { nullable: true, description: 'What it holds from the start.' })
  items?: AddCartItemInput[] | null;

  @Field(() => String, { nullable: true, description: note })
  note?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: cartAttributes })
  attributes?: AttributeInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes the creation happen once; 1 to 255 characters. For a guest cart it must be a UUID, because whoever knows it knows the cart.',
  })
  idempotencyKey?: string | null;
}

/** What every change of one cart can say. */
@InputType()
abstract class ChangeInput {
  @Field(() => ID, { description: cartId })
  cartId!: string;

  @Field(() => Int, { nullable: true, description: expectedVersion })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('AddCartItemsInput', { description: 'Products to add to a cart.' })
export class AddCartItemsInput extends ChangeInput {
  @Field(() => [AddCartItemInput], { description: 'At least one; all are added or none.' })
  items!: AddCartItemInput[];
}

@InputType('UpdateCartItemsInput', { description: 'New quantities of items of a cart.' })
export class UpdateCartItemsInput extends ChangeInput {
  @Field(() => [UpdateCartItemInput], { description: 'At least one; all are set or none.' })
  items!: UpdateCartItemInput[];
}

@InputType('RemoveCartItemsInput', {
  description: 'Items to remove from a cart. At least one id in one of the two lists.',
})
export class RemoveCartItemsInput extends ChangeInput {
  @Field(() => [ID], { nullable: true, description: 'Items by their ids; all are removed or none.' })
  itemIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Items by their products, of each of which the cart has one item.',
  })
  productIds?: string[] | null;
}

@InputType('ReplaceCartItemsInput', { description: 'What a cart is to hold.' })
export class ReplaceCartItemsInput extends ChangeInput {
  @Field(() => [AddCartItemInput], { description: 'All there will be; none to empty the cart.' })
  items!: AddCartItemInput[];
}

@InputType('UpdateCartInput', {
  description: 'What is said of a cart as a whole: what is left out stays, null or an empty list removes.',
})
export class UpdateCartInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: `${note} An empty one removes it, too.` })
  note?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: `${cartAttributes} All there will be.` })
  attributes?: AttributeInput[] | null;
}

@InputType('ClearCartInput', { description: 'A cart to empty.' })
export class ClearCartInput extends ChangeInput {}

@InputType('DeleteCartInput', { description: 'A cart to delete.' })
export class DeleteCartInput extends ChangeInput {}

@InputType('ClaimCartInput', { description: 'A guest cart and the customer it goes to.' })
export class ClaimCartInput extends ChangeInput {
  @Field(() => ID, { description: 'The new owner.' })
  customerId!: string;
}

@InputType('MergeCartsInput', { description: 'A cart to move into another.' })
export class MergeCartsInput {
  @Field(() => ID, { description: 'The cart whose items are moved; it ends MERGED and empty.' })
  sourceCartId!: string;

  @Field(() => ID, { description: 'The cart that takes them.' })
  targetCartId!: string;

  @Field(() => MergeStrategy, {
    defaultValue: MergeStrategy.SUM,
    description: 'What to do with items that both carts have.',
  })
  strategy!: Strategy;

  @Field(() => Int, { nullable: true, description: 'As expectedVersion, of the source.' })
  expectedSourceVersion?: number | null;

  @Field(() => Int, { nullable: true, description: 'As expectedVersion, of the target.' })
  expectedTargetVersion?: number | null;

  @Field(() => String, { nullable: true, description: `${idempotencyKey} The target remembers it.` })
  idempotencyKey?: string | null;
}

@InputType('OpenCartInput', { description: 'The one active cart, wanted.' })
export class OpenCartInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The cart that the shopper had as a guest: claimed, or merged into the active one.',
  })
  guestCartId?: string | null;

  @Field(() => MergeStrategy, {
    defaultValue: MergeStrategy.SUM,
    description: 'What a merge does with items that both carts have.',
  })
  strategy!: Strategy;

  @Field(() => ID, { nullable: true, description: 'Staff only, to act for a customer.' })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Makes it happen once; 1 to 255 characters. For a guest’s cart it must be a UUID, because whoever knows it knows the cart.',
  })
  idempotencyKey?: string | null;
}

@InputType('RefreshCartPricesInput', { description: 'A cart whose prices are to be the catalogue’s.' })
export class RefreshCartPricesInput extends ChangeInput {}

@InputType('CheckoutCartInput', { description: 'A cart to check out.' })
export class CheckoutCartInput extends ChangeInput {
  @Field(() => Decimal, {
    nullable: true,
    description: 'Refuse with TOTAL_MISMATCH unless this is the total.',
  })
  expectedTotal?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Check out at the cart’s prices, also where they are no longer the catalogue’s.',
  })
  acceptCartPrices!: boolean;
}
