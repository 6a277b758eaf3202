/** Fields that follow from their object alone: computed where they are asked for, and nobody waits for them. */
import { isObjectType, type GraphQLSchema } from 'graphql';
import type { Attributes } from '../cart/attributes.ts';
import { itemCount, totalAmount, type Cart } from '../cart/cart.ts';
import { itemId } from '../cart/item-key.ts';
import { formatAmount, type Money } from '../cart/money.ts';
import { toCartItemView, type CartItemView } from './cart-view.ts';
import { SOURCE_ONLY, VERBATIM } from './execution/fields.ts';

const NO_ATTRIBUTES: Attributes = [];

const attributes = ({ attributes = NO_ATTRIBUTES }: { readonly attributes?: Attributes }) => attributes;

/** By type and field. */
const derived = {
  Cart: {
    attributes,
    itemCount,
    totalAmount,
    items: (cart: Cart) => cart.items.map((item) => toCartItemView(item, cart)),
  },
  CartItem: {
    attributes,
    id: (item: CartItemView) => itemId(item.cartId, item),
  },
  Money: {
    amount: ({ amount, currency }: Money) => {
      // It is written as it is: what is no amount must not look like one.
      if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is no amount in minor units`);
      return formatAmount(amount, currency);
    },
  },
};

/** Those of which JSON escapes no character: digits, a point, a hyphen. An item's id has that of its product in it. */
const verbatim = new Set(['Money.amount']);

/**
 * Gives the schema these resolvers. As methods of type-graphql's classes they would be asynchronous functions.
 * @throws Error when the schema has no such field
 */
export function deriveFields(schema: GraphQLSchema): void {
  for (const [name, fields] of Object.entries(derived)) {
    const type = schema.getType(name);
    for (const [fieldName, resolve] of Object.entries<(source: never) => unknown>(fields)) {
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      if (!field) throw new Error(`The schema has no ${name}.${fieldName}`);
      field.resolve = resolve as unknown as NonNullable<typeof field.resolve>;
      field.extensions = {
        ...field.extensions,
        [SOURCE_ONLY]: true,
        [VERBATIM]: verbatim.has(`${name}.${fieldName}`),
      };
    }
  }
}
