/** What a client can do something about, as data. */
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { CartProblem, CartProblemCode } from '../cart/cart-error.ts';
import { MoneyType } from './money-type.ts';
import { PriceChangeType } from './product-type.ts';

/** For each code the type that carries its data, and what it means. */
const codes: Record<CartProblemCode, { type: string; description: string }> = {
  CART_NOT_FOUND: {
    type: 'CartStateError',
    description: 'There is no such cart, it has expired, or it is not yours to see.',
  },
  CART_NOT_ACTIVE: { type: 'CartStateError', description: 'The cart is checked out or merged.' },
  CART_EMPTY: { type: 'CartStateError', description: 'An empty cart cannot be checked out.' },
  CART_ALREADY_CLAIMED: {
    type: 'CartStateError',
    description:
      'The cart has another customer already; told only to those who may see that cart, to others it is CART_NOT_FOUND.',
  },
  PRODUCT_NOT_FOUND: { type: 'ProductError', description: 'The catalogue does not have the product.' },
  ITEM_NOT_FOUND: { type: 'ItemError', description: 'The cart does not have the item.' },
  ITEM_AMBIGUOUS: {
    type: 'ItemError',
    description: 'The cart has several items of the product: name the item by its id.',
  },
  QUANTITY_INVALID: { type: 'ProductError', description: 'Below 1 (in an update: below 0).' },
  QUANTITY_LIMIT_EXCEEDED: {
    type: 'LimitError',
    description: 'More of one item than a cart may hold (limit 9999).',
  },
  ITEM_LIMIT_EXCEEDED: {
    type: 'LimitError',
    description: 'More items than a cart may hold (limit 500).',
  },
  CART_SIZE_EXCEEDED: {
    type: 'LimitError',
    description:
      'The cart would be larger than a database can hold (limit 307,200 bytes, 300 KB, by DynamoDB’s rules).',
  },
  VERSION_CONFLICT: {
    type: 'VersionConflictError',
    description: 'The cart is not at the expected version; read it again and decide anew.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    type: 'CartStateError',
    description: 'The key was used for another change of this cart.',
  },
  TOTAL_MISMATCH: { type: 'TotalMismatchError', description: 'The total is not the expected one.' },
  PRICE_CHANGED: {
    type: 'PriceChangedError',
    description:
      'Prices in the cart are no longer the catalogue’s; refresh them, or check out with acceptCartPrices.',
  },
};

export const UserErrorCode = Object.fromEntries(Object.keys(codes).map((code) => [code, code])) as {
  [Code in CartProblemCode]: Code;
};

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'Why a change was refused.',
  valuesConfig: codes,
});

/** The name of the type that a problem has as a user error. */
export const userErrorTypeOf = (problem: CartProblem): string => codes[problem.code].type;

@InterfaceType('UserError', {
  description: 'A reason why a change was refused, with what a client needs to recover.',
  resolveType: userErrorTypeOf,
})
export abstract class UserError {
  @Field(() => UserErrorCode, { description: 'For programs.' })
  code!: CartProblemCode;

  @Field(() => String, { description: 'For people; may change.' })
  message!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The path to the argument at fault: ["input", "items", "2", "productId"].',
  })
  field?: readonly string[];
}

const simple = { implements: UserError, simpleResolvers: true } as const;

@ObjectType('CartStateError', { ...simple, description: 'The state of the cart forbids it.' })
export class CartStateError extends UserError {}

@ObjectType('ProductError', { ...simple, description: 'Something is wrong with one product of the input.' })
export class ProductError extends UserError {
  @Field(() => ID, { description: 'The product at fault.' })
  productId!: string;
}

@ObjectType('ItemError', {
  ...simple,
  description: 'An item of the input that the cart does not have, or that is not named clearly.',
})
export class ItemError extends UserError {
  @Field(() => ID, { nullable: true, description: 'The item, where the input names it by its id.' })
  itemId?: string;

  @Field(() => ID, { nullable: true, description: 'The product, where the input names that.' })
  productId?: string;
}

@ObjectType('LimitError', { ...simple, description: 'The cart would hold more than it may.' })
export class LimitError extends UserError {
  @Field(() => ID, { nullable: true, description: 'The product of which there would be too many.' })
  productId?: string;

  @Field(() => Int, { description: 'The most a cart may hold: of an item, items, or bytes.' })
  limit!: number;
}

@ObjectType('VersionConflictError', { ...simple, description: 'The cart is not at the expected version.' })
export class VersionConflictError extends UserError {
  @Field(() => Int, { description: 'The version the cart is at.' })
  currentVersion!: number;
}

@ObjectType('TotalMismatchError', { ...simple, description: 'The total is not the expected one.' })
export class TotalMismatchError extends UserError {
  @Field(() => MoneyType, { description: 'The total of the cart.' })
  currentTotal!: MoneyType;
}

@ObjectType('PriceChangedError', { ...simple, description: 'Prices are no longer the catalogue’s.' })
export class PriceChangedError extends UserError {
  @Field(() => [PriceChangeType], { description: 'The items whose price is no longer the catalogue’s.' })
  priceChanges!: PriceChangeType[];
}

export const userErrorTypes = [
  CartStateError,
  ProductError,
  ItemError,
  LimitError,
  VersionConflictError,
  TotalMismatchError,
  PriceChangedError,
] as const;
