/** The JSON of the REST routes, as JSON Schema. */
import { MAX_ITEMS, MAX_QUANTITY } from '../cart/cart.ts';
import { MAX_ID } from '../cart/ids.ts';
import { MAX_PRICE } from '../cart/money.ts';
import { toJsonNumber } from './shopping-cart.ts';

/** An object all of whose properties are always there. */
function record(description: string, properties: Readonly<Record<string, object>>) {
  return { type: 'object', description, required: Object.keys(properties), properties };
}

const ref = (schema: string) => ({ $ref: `#/components/schemas/${schema}` });
const uuid = (description: string) => ({ type: 'string', format: 'uuid', description });
const time = (description: string) => ({ type: 'string', format: 'date-time', description });

const cartId = uuid('The id of the cart. Whoever knows the id of a guest cart may use that cart.');
const productId = { type: 'integer', minimum: 1, maximum: MAX_ID, description: 'The id of a product.' };
const customerId = { type: 'integer', minimum: 1, maximum: MAX_ID, description: 'The id of a customer.' };

const NewShoppingCart = {
  type: 'object',
  description: 'A cart to create.',
  properties: {
    customer_id: {
      ...customerId,
      type: ['integer', 'null'],
      description: 'Whose cart it will be; absent or null for a guest cart.',
    },
  },
  examples: [{ customer_id: 1 }, {}],
};

const NewItem = {
  ...record('So many of a product, to be added to what the cart has of it.', {
    product_id: productId,
    quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
  }),
  examples: [{ product_id: 1, quantity: 2 }],
};

const ShoppingCartItem = record('A product in a cart. Name and price are as they were when it was added.', {
  id: { ...productId, description: 'The id of the item within its cart: that of its product.' },
  shopping_cart_id: cartId,
  product_id: productId,
  product_name: { type: 'string', maxLength: 255 },
  product_price: {
    type: 'number',
    minimum: 0,
    maximum: toJsonNumber(MAX_PRICE),
    description: 'At most two fraction digits.',
  },
  quantity: { type: 'integer', minimum: 1, maximum: MAX_QUANTITY },
});

const ShoppingCart = {
  ...record('A cart.', {
    shopping_cart_id: cartId,
    customer_id: { ...customerId, type: ['integer', 'null'], description: 'Null for a guest cart.' },
    created_at: time('When the cart was created.'),
    updated_at: time('When the cart was last changed.'),
    item_count: { type: 'integer', minimum: 0, description: 'The sum of the quantities.' },
    total_amount: { type: 'number', minimum: 0, description: 'Exact, with at most two fraction digits.' },
    items: {
      type: 'array',
      maxItems: MAX_ITEMS,
      items: ref('ShoppingCartItem'),
      description: 'In the order in which the products were first added.',
    },
  }),
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
};

const ShoppingCartPage = record('Carts of a customer, newest first.', {
  shopping_carts: { type: 'array', items: ref('ShoppingCart') },
  next_cursor: {
    type: ['string', 'null'],
    description: 'The cursor of the next page; null in the last one.',
  },
});

export const schemas = {
  NewShoppingCart,
  ShoppingCartCreated: record('The cart that was created.', { shopping_cart_id: cartId }),
  NewItem,
  ShoppingCartItem,
  ShoppingCart,
  ShoppingCartPage,
  Order: record('What came of a check-out.', { order_id: uuid('The id of the order.') }),
  Health: record('Whether the service can do its work.', {
    status: { enum: ['healthy', 'unavailable'] },
    store: { enum: ['postgres', 'dynamodb'], description: 'Where carts are kept.' },
  }),
  Error: record('Why there is no other answer.', { message: { type: 'string', description: 'For people.' } }),
};
