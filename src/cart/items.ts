/** Adding, setting and removing items. Each function takes all of its input or, with every fault reported, none. */
import { refuseIfAny, type CartProblem } from './cart-error.ts';
import { findItem, MAX_ITEMS, MAX_QUANTITY, type Cart, type CartItem } from './cart.ts';
import type { Product } from './product.ts';
import type { ProductId } from './ids.ts';
import { InputError } from './input-error.ts';

/** So many of a product; different products within one input. */
export interface ItemQuantity {
  readonly productId: ProductId;
  readonly quantity: number;
}

/**
 * Adds to the quantity of products that are there, whose name and price stay, and appends the others.
 * @param products the catalogue's answer, one for each addition; undefined where a product is not sold
 * @throws CartError QUANTITY_INVALID, PRODUCT_NOT_FOUND, QUANTITY_LIMIT_EXCEEDED, ITEM_LIMIT_EXCEEDED
 */
export function addItems(
  cart: Cart,
  additions: readonly ItemQuantity[],
  products: readonly (Product | undefined)[],
): Cart {
  const items = new Map(cart.items.map((item) => [item.productId, item]));
  const problems: CartProblem[] = [];
  additions.forEach(({ productId, quantity }, index) => {
    const field = ['items', String(index)];
    const product = products[index];
    const present = items.get(productId);
    const total = (present?.quantity ?? 0) + quantity;
    if (quantity < 1) problems.push(invalidQuantity(productId, quantity, 1, field));
    if (!product) problems.push(productNotFound(productId, field));
    if (total > MAX_QUANTITY) problems.push(tooMany(productId, total, [...field, 'quantity']));
    if (product) items.set(productId, { ...(present ?? itemOf(product, cart)), quantity: total });
  });
  if (items.size > MAX_ITEMS) problems.push(tooManyItems(items.size, ['items']));
  refuseIfAny(problems);
  return { ...cart, items: [...items.values()] };
}

/**
 * Sets the quantities of products that are there; 0 removes one.
 * @throws CartError QUANTITY_INVALID, ITEM_NOT_FOUND, QUANTITY_LIMIT_EXCEEDED
 */
export function setQuantities(cart: Cart, quantities: readonly ItemQuantity[]): Cart {
  const wanted = new Map<ProductId, number>();
  const problems: CartProblem[] = [];
  quantities.forEach(({ productId, quantity }, index) => {
    const field = ['items', String(index)];
    wanted.set(productId, quantity);
    if (quantity < 0) problems.push(invalidQuantity(productId, quantity, 0, field));
    if (quantity > MAX_QUANTITY) problems.push(tooMany(productId, quantity, [...field, 'quantity']));
    if (!findItem(cart, productId)) problems.push(itemNotFound(productId, [...field, 'productId']));
  });
  refuseIfAny(problems);
  const items = cart.items
    .map((item) => ({ ...item, quantity: wanted.get(item.productId) ?? item.quantity }))
    .filter((item) => item.quantity > 0);
  return { ...cart, items };
}

/** @throws CartError ITEM_NOT_FOUND for each product that the cart does not have */
export function removeItems(cart: Cart, productIds: readonly ProductId[]): Cart {
  refuseIfAny(
    productIds.flatMap((id, index) =>
      findItem(cart, id) ? [] : [itemNotFound(id, ['productIds', String(index)])],
    ),
  );
  const removed = new Set(productIds);
  return { ...cart, items: cart.items.filter((item) => !removed.has(item.productId)) };
}

/** Removes every item; an empty cart stays as it is. */
export function clearItems(cart: Cart): Cart {
  return { ...cart, items: [] };
}

/** A product as a cart keeps it. @throws InputError when cart and catalogue have different currencies */
function itemOf(product: Product, cart: Cart): Omit<CartItem, 'quantity'> {
  if (product.price.currency !== cart.currency) {
    throw new InputError('cartId', `must be a cart in ${product.price.currency}`, `one in ${cart.currency}`);
  }
  return { productId: product.id, productName: product.name, unitPrice: product.price.amount };
}

function invalidQuantity(
  productId: ProductId,
  quantity: number,
  least: number,
  field: readonly string[],
): CartProblem {
  const message = `The quantity of product ${productId} must be at least ${least}, but was ${quantity}.`;
  return { code: 'QUANTITY_INVALID', productId, message, field: [...field, 'quantity'] };
}

function productNotFound(productId: ProductId, field: readonly string[]): CartProblem {
  const message = `Product ${productId} is not in the catalogue.`;
  return { code: 'PRODUCT_NOT_FOUND', productId, message, field: [...field, 'productId'] };
}

function itemNotFound(productId: ProductId, field: readonly string[]): CartProblem {
  return {
    code: 'ITEM_NOT_FOUND',
    productId,
    message: `Product ${productId} is not in the cart.`,
    field,
  };
}

/** More of one product than a cart may hold. */
export function tooMany(productId: ProductId, quantity: number, field: readonly string[]): CartProblem {
  const message = `A cart holds at most ${MAX_QUANTITY} of one product; of product ${productId} it would be ${quantity}.`;
  return { code: 'QUANTITY_LIMIT_EXCEEDED', productId, limit: MAX_QUANTITY, message, field };
}

/** More different products than a cart may hold. */
export function tooManyItems(count: number, field: readonly string[]): CartProblem {
  const message = `A cart holds at most ${MAX_ITEMS} different products; it would be ${count}.`;
  return { code: 'ITEM_LIMIT_EXCEEDED', limit: MAX_ITEMS, message, field };
}
