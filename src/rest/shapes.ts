/**
 * The JSON of the REST routes, once: bodies and queries are checked by these schemas, answers are typed by them, and the
 * OpenAPI document is made from them. What a schema says of a wrong value begins with "must", as in {@link InputError}.
 */
import { z } from 'zod';
import { MAX_ITEMS, MAX_NOTE, MAX_QUANTITY } from '../cart/cart.ts';
import { MAX_ATTRIBUTE, MAX_ATTRIBUTES } from '../cart/attributes.ts';
import { LONGEST_ID, MAX_NUMBER_ID } from '../cart/ids.ts';
import { MAX_PRICE } from '../cart/money.ts';
import { MAX_PAGE } from '../cart/page.ts';

/** Largest number of 32 bits, as in GraphQL. */
const MAX_INTEGER = 2_147_483_647;

/** Carts in a page when the client does not say. */
const DEFAULT_LIMIT = 20;

/** A whole number, written as a JSON number: `1` or `1.0`, not `"1"`. */
const whole = (least: number, most: number, noun = 'a whole number ') => {
  const error = `must be ${noun}from ${least} to ${most}`;
  return z.int(error).min(least, error).max(most, error);
};
/** A number where it is a whole one in its shortest form, else text: `7`, but `"007"`. */
const id = () => {
  const error = `must be a whole number from 1 to ${MAX_NUMBER_ID}, or text of 1 to ${LONGEST_ID} visible ASCII characters`;
  const number = z.int(error).min(1, error).max(MAX_NUMBER_ID, error);
  return z.union([number, z.string().min(1, error).max(LONGEST_ID, error)], { error });
};
const text = (most: number) => z.string('must be text').max(most * 2, `must have at most ${most} characters`);
const uuid = (description: string) => z.guid('must be a UUID').meta({ description });
const time = (description: string) => z.iso.datetime().meta({ description });
const body = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, 'must be a JSON object');

const cartId = uuid('The id of the cart. Whoever knows the id of a guest cart may use that cart.');
const productId = id().meta({ description: 'The id of a product.' });
const quantity = whole(1, MAX_QUANTITY);

const attributes = (most: number, description: string) =>
  z
    .array(
      z.strictObject(
        {
          key: text(MAX_ATTRIBUTE.key).meta({ description: `1 to ${MAX_ATTRIBUTE.key} characters.` }),
          value: text(MAX_ATTRIBUTE.value).meta({
            description: `At most ${MAX_ATTRIBUTE.value} characters.`,
          }),
        },
        'must be an object with key and value',
      ),
      'must be a list',
    )
    .meta({ description: `${description} At most ${most}, each key once; sorted by key in answers.` });
const note = text(MAX_NOTE);
const WHICH_ITEM = 'Options, engraving, gift wrap: with the product they say which item it is.';
const OF_CART = 'Whatever the shop keeps with the cart.';

export const NewShoppingCart = body({
  customer_id: id()
    .nullish()
    .meta({ description: 'Whose cart it will be; absent or null for a guest cart.' }),
  note: note.nullish().meta({ description: 'What the shopper wants to say.' }),
  attributes: attributes(MAX_ATTRIBUTES.cart, OF_CART).optional(),
}).meta({ description: 'A cart to create.', examples: [{ customer_id: 1 }, {}] });

/** How many there may be depends on the cart, so its rules say so: after whether the cart is there at all. */
const addedQuantity = whole(-MAX_INTEGER - 1, MAX_INTEGER).meta({
  description: `How many to add: 1 to ${MAX_QUANTITY}, together with what the cart has of the item.`,
});

export const NewItem = body({
  product_id: productId,
  quantity: addedQuantity,
  attributes: attributes(MAX_ATTRIBUTES.item, WHICH_ITEM).optional(),
}).meta({
  description: 'So many of a product, to be added to what the cart has of it.',
  examples: [{ product_id: 1, quantity: 2 }],
});

export const OpenCart = body({
  guest_cart_id: uuid('A guest’s cart to claim, or to merge into the active one.').nullish(),
  strategy: z
    .enum(['SUM', 'MAX', 'KEEP_TARGET', 'REPLACE'], 'must be SUM, MAX, KEEP_TARGET or REPLACE')
    .optional()
    .meta({ description: 'What a merge does with items that both carts have; SUM by default.' }),
}).meta({ description: 'What to do with the cart the customer had as a guest.', examples: [{}] });

export const CheckOut = body({}).meta({ description: 'Nothing more is needed to check out.' });

/** A query's text has become a number where it has digits alone. */
export const PageQuery = z.object({
  limit: whole(1, MAX_PAGE, '').default(DEFAULT_LIMIT).meta({
    description: 'Carts in the page at most. A page is shorter where its answer would be too large.',
  }),
  cursor: z.string().optional().meta({ description: 'The next_cursor of the page before.' }),
});

export const ShoppingCartCreated = z
  .object({ shopping_cart_id: cartId })
  .meta({ description: 'The cart that was created.' });

export const ShoppingCartItem = z
  .object({
    id: id().meta({
      description:
        'The key of the item within its cart: that of its product; with attributes text, the product, ~ and 12 characters that follow from them.',
    }),
    shopping_cart_id: cartId,
    product_id: productId,
    product_name: z.string().max(255),
    product_price: z
      .number()
      .min(0)
      .max(MAX_PRICE)
      .meta({ description: 'With as many fraction digits as the currency has.' }),
    quantity,
    attributes: attributes(MAX_ATTRIBUTES.item, WHICH_ITEM).optional(),
  })
  .meta({ description: 'A product in a cart. Name and price are as they were when it was added.' });

export const ShoppingCart = z
  .object({
    shopping_cart_id: cartId,
    customer_id: id().nullable().meta({ description: 'Null for a guest cart.' }),
    created_at: time('When the cart was created.'),
    updated_at: time('When the cart was last changed.'),
    item_count: whole(0, MAX_ITEMS * MAX_QUANTITY).meta({ description: 'The sum of the quantities.' }),
    total_amount: z
      .number()
      .min(0)
      .meta({ description: 'Exact, with as many fraction digits as the currency has.' }),
    items: z
      .array(ShoppingCartItem)
      .max(MAX_ITEMS)
      .meta({ description: 'In the order in which they were first added.' }),
    note: note.optional().meta({ description: 'What the shopper wants to say; absent for nothing.' }),
    attributes: attributes(MAX_ATTRIBUTES.cart, `${OF_CART} Absent for none.`).optional(),
  })
  .meta({
    description: 'A cart.',
    examples: [
      {
        shopping_cart_id: '0b6cbc8a-6e2b-4a53-9b7e-0f4ed7a3c1d2',
        customer_id: 1,
        created_at: '2026-01-19T22:15:00.000Z',
        updated_at: '2026-01-19T22:15:04.250Z',
        item_count: 3,
        total_amount: 89.97,
        items: [
          {
            id: 1,
            shopping_cart_id: '0b6cbc8a-6e2b-4a53-9b7e-0f4ed7a3c1d2',
            product_id: 1,
            product_name: 'Widget Alpha',
            product_price: 29.99,
            quantity: 3,
          },
        ],
      },
    ],
  });

export const ShoppingCartPage = z
  .object({
    shopping_carts: z.array(ShoppingCart).max(MAX_PAGE),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: 'The cursor of the next page; null in the last one.' }),
  })
  .meta({ description: 'Carts of a customer, newest first.' });

export const Order = z
  .object({ order_id: uuid('The id of the order.') })
  .meta({ description: 'What came of a check-out.' });

export const Health = z
  .object({
    status: z.enum(['healthy', 'unavailable']),
    store: z.enum(['postgres', 'dynamodb']).meta({ description: 'Where carts are kept.' }),
  })
  .meta({ description: 'Whether the service can do its work.' });

export const ErrorMessage = z
  .object({ message: z.string().meta({ description: 'For people.' }) })
  .meta({ description: 'Why there is no other answer.' });
