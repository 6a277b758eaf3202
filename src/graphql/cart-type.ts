import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AttributeType } from './attribute-type.ts';
import { MoneyType } from './money-type.ts';
import { PRODUCT_ID } from './product-type.ts';
import { DateTime } from './scalars.ts';

export const CartStatus = { ACTIVE: 'ACTIVE', CHECKED_OUT: 'CHECKED_OUT', MERGED: 'MERGED' } as const;
export type CartStatus = keyof typeof CartStatus;

registerEnumType(CartStatus, {
  name: 'CartStatus',
  description: 'Where a cart is in its life. Only an ACTIVE cart can be changed.',
  valuesConfig: {
    ACTIVE: { description: 'Open for changes.' },
    CHECKED_OUT: { description: 'Frozen by a check-out; it has an order id and never expires.' },
    MERGED: { description: 'Its items were moved into another cart.' },
  },
});

/** The fields of a cart; those that ask for more are in {@link CartFields}. */
@ObjectType('Cart', { description: 'A shopping cart.', simpleResolvers: true })
export class CartType {
  @Field(() => ID, { description: 'A UUID. Whoever knows the id of a guest cart may use the cart.' })
  id!: string;

  @Field(() => ID, { nullable: true, description: 'Whose cart it is; null for a guest cart.' })
  customerId?: string;

  @Field(() => CartStatus, { description: 'Whether it can still be changed.' })
  status!: CartStatus;

  @Field(() => [CartItemType], { description: 'In the order in which the products were first added.' })
  items!: readonly CartItemType[];

  @Field(() => String, {
    nullable: true,
    description: 'What the shopper wants to say; at most 1,000 characters.',
  })
  note?: string;

  @Field(() => [AttributeType], {
    description: 'Whatever the shop keeps with the cart; not part of any rule here. Sorted by key.',
  })
  attributes!: readonly AttributeType[];

  @Field(() => Int, { description: 'The sum of the quantities.' })
  itemCount!: number;

  @Field(() => MoneyType, { description: 'The sum of the line totals.' })
  totalAmount!: MoneyType;

  @Field(() => Int, { description: '1 when created; grows by one with every accepted change.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was created.' })
  createdAt!: number;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Seven days (or as configured) after the last change, in whole seconds; from then on the cart no longer exists. Null once checked out.',
  })
  expiresAt?: number;

  @Field(() => ID, { nullable: true, description: 'Set once the status is CHECKED_OUT.' })
  orderId?: string;

  @Field(() => ID, { nullable: true, description: 'Set once the status is MERGED.' })
  mergedIntoCartId?: string;
}

@ObjectType('CartItem', { description: 'So many of one product.', simpleResolvers: true })
export class CartItemType {
  @Field(() => ID, {
    description:
      'Unique among the items of all carts: the cart’s id, a colon, and the item’s key. The key is the product id; with attributes, the product id, ~ and 12 characters that follow from them.',
  })
  id!: string;

  @Field(() => ID, { description: `The product: ${PRODUCT_ID}` })
  productId!: string;

  @Field(() => [AttributeType], {
    description:
      'Options, engraving, gift wrap: with the product they say which item this is. Sorted by key, in the order of UTF-16.',
  })
  attributes!: readonly AttributeType[];

  @Field(() => String, { description: 'The name as it was when the product was added.' })
  productName!: string;

  @Field(() => MoneyType, { description: 'The price of one as it was when the product was added.' })
  unitPrice!: MoneyType;

  @Field(() => Int, { description: 'How many; 1 to 9999.' })
  quantity!: number;

  @Field(() => MoneyType, { description: 'Price times quantity.' })
  lineTotal!: MoneyType;
}
