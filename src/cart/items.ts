/** Adding, setting, replacing and removing items. Each function takes all of its input or, with every fault reported, none. */
import { refuseIfAny, type CartProblem } from './cart-error.ts';
import { MAX_ITEMS, MAX_QUANTITY, type Cart, type CartItem, type ItemChoices } from './cart.ts';
import { findItem, type ItemReference } from './find-item.ts';
import type { ProductId } from './ids.ts';
import { InputError } from './input-error.ts';
import { identityOf, itemKey, productOfItemId } from './item-key.ts';
import type { Product } from './product.ts';

/** So many of a product with these attributes; different items within one input. */
export interface ItemAddition extends ItemChoices {
  readonly productId: ProductId;
  readonly quantity: number;
}

/** So many of an item that is there. */
export type ItemQuantity = ItemReference & { readonly quantity: number };

/**
 * Adds to the quantity of items that are there, whose name and price stay, and appends the others. What is said of an item that is
 * there takes the place of what was said before; nothing said leaves it.
 * @param products the catalogue's answer, one for each addition; undefined where a product is not sold
 * @throws CartError QUANTITY_INVALID, PRODUCT_NOT_FOUND, QUANTITY_LIMIT_EXCEEDED, ITEM_LIMIT_EXCEEDED
 */
export function addItems(
  cart: Cart,
  additions: readonly ItemAddition[],
  products: readonly (Product | undefined)[],
): Cart {
  const items = new Map(cart.items.map((item) => [identityOf(item), item]));
  const problems: CartProblem[] = [];
  additions.forEach((addition, index) => {
    const { productId, quantity, ...choices } = addition;
    const field = ['items', String(index)];
    const product = products[index];
    const identity = identityOf(addition);
    const present = items.get(identity);
    const total = (present?.quantity ?? 0) + quantity;
    if (quantity < 1) problems.push(invalidQuantity(productId, quantity, 1, field));
    if (!product) problems.push(productNotFound(productId, field));
    if (total > MAX_QUANTITY) problems.push(tooMany(productId, total, [...field, 'quantity']));
    if (product)
      items.set(identity, { ...(present ?? itemOf(addition, product, cart)), ...choices, quantity: total });
  });
  const all = [...items.values()];
  refuseIfAny([...problems, ...problemsOfList(all, ['items'])]);
  return { ...cart, items: all };
}

/**
 * Makes the items exactly these. Those that stay keep name, price and place, also when they are no longer sold; the others are
 * appended in the order of the input.
 * @param products the catalogue's answer, one for each item; undefined where a product is not sold
 * @throws CartError QUANTITY_INVALID, PRODUCT_NOT_FOUND, QUANTITY_LIMIT_EXCEEDED, ITEM_LIMIT_EXCEEDED
 */
export function replaceItems(
  cart: Cart,
  wanted: readonly ItemAddition[],
  products: readonly (Product | undefined)[],
): Cart {
  const present = new Map(cart.items.map((item) => [identityOf(item), item]));
  const problems: CartProblem[] = [];
  const kept = new Map<string, ItemChoices & Pick<CartItem, 'quantity'>>();
  const added: CartItem[] = [];
  wanted.forEach((addition, index) => {
    const { productId, quantity, ...choices } = addition;
    const field = ['items', String(index)];
    const product = products[index];
    const identity = identityOf(addition);
    const stays = present.has(identity);
    kept.set(identity, { ...choices, quantity });
    if (quantity < 1) problems.push(invalidQuantity(productId, quantity, 1, field));
    if (!stays && !product) problems.push(productNotFound(productId, field));
    if (quantity > MAX_QUANTITY) problems.push(tooMany(productId, quantity, [...field, 'quantity']));
    if (!stays && product) added.push({ ...itemOf(addition, product, cart), quantity });
  });
  const stayed = cart.items.flatMap((item) => {
    const said = kept.get(identityOf(item));
    return said ? [{ ...item, ...said }] : [];
  });
  const all = [...stayed, ...added];
  refuseIfAny([...problems, ...problemsOfList(all, ['items'])]);
  return { ...cart, items: all };
}

/**
 * Sets the quantities of items that are there; 0 removes one.
 * @throws CartError QUANTITY_INVALID, ITEM_NOT_FOUND, ITEM_AMBIGUOUS, QUANTITY_LIMIT_EXCEEDED
 * @throws InputError when two entries are found to be one item
 */
export function setQuantities(cart: Cart, quantities: readonly ItemQuantity[]): Cart {
  const wanted = new Map<CartItem, number>();
  const problems: CartProblem[] = [];
  quantities.forEach((reference, index) => {
    const { quantity } = reference;
    const field = ['items', String(index)];
    const productId = reference.productId ?? productOfItemId(reference.itemId);
    if (quantity < 0) problems.push(invalidQuantity(productId, quantity, 0, field));
    if (quantity > MAX_QUANTITY) problems.push(tooMany(productId, quantity, [...field, 'quantity']));
    const named = reference.itemId === undefined ? 'productId' : 'itemId';
    const found = findItem(cart, reference, [...field, named]);
    if ('problem' in found) problems.push(found.problem);
    else wanted.set(onlyOnce(found.item, wanted, `input.items[${index}]`), quantity);
  });
  refuseIfAny(problems);
  const items = cart.items
    .map((item) => ({ ...item, quantity: wanted.get(item) ?? item.quantity }))
    .filter((item) => item.quantity > 0);
  return { ...cart, items };
}

/**
 * @throws CartError ITEM_NOT_FOUND, ITEM_AMBIGUOUS for each reference that names no item of the cart, or several
 * @throws InputError when two references are found to be one item
 */
export function removeItems(cart: Cart, references: readonly ItemReference[]): Cart {
  const removed = new Set<CartItem>();
  const problems: CartProblem[] = [];
  const counts = { itemIds: 0, productIds: 0 };
  for (const reference of references) {
    const list = reference.itemId === undefined ? 'productIds' : 'itemIds';
    const index = counts[list]++;
    const found = findItem(cart, reference, [list, String(index)]);
    if ('problem' in found) problems.push(found.problem);
    else removed.add(onlyOnce(found.item, removed, `input.${list}[${index}]`));
  }
  refuseIfAny(problems);
  return { ...cart, items: cart.items.filter((item) => !removed.has(item)) };
}

/** Removes every item; an empty cart stays as it is. */
export function clearItems(cart: Cart): Cart {
  return { ...cart, items: [] };
}

function onlyOnce(item: CartItem, seen: { has(item: CartItem): boolean }, argument: string): CartItem {
  if (!seen.has(item)) return item;
  throw new InputError(argument, 'must name each item once', `item ${itemKey(item)} twice`);
}

/** A product as a cart keeps it. @throws InputError when cart and catalogue have different currencies */
function itemOf(
  { productId, quantity: _, ...choices }: ItemAddition,
  product: Product,
  cart: Cart,
): Omit<CartItem, 'quantity'> {
  if (product.price.currency !== cart.currency) {
    throw new InputError('cartId', `must be a cart in ${product.price.currency}`, `one in ${cart.currency}`);
  }
  return { productId, productName: product.name, unitPrice: product.price.amount, ...choices };
}

/** What is wrong with the items of a cart taken together. */
export function problemsOfList(items: readonly CartItem[], field: readonly string[]): CartProblem[] {
  if (items.length > MAX_ITEMS) return [tooManyItems(items.length, field)];
  return keysTaken(items, field);
}

/**
 * Keys are digests, made to find items by: nobody has seen two lists of attributes with one digest, and a cart with two such items
 * is refused.
 */
function keysTaken(items: readonly CartItem[], field: readonly string[]): CartProblem[] {
  const keys = new Set<string>();
  return items.flatMap((item): CartProblem[] => {
    if (!item.attributes) return [];
    const key = itemKey(item);
    if (!keys.has(key)) {
      keys.add(key);
      return [];
    }
    const message = `Another item of the cart has the key ${key} already.`;
    return [{ code: 'ITEM_AMBIGUOUS', productId: item.productId, message, field }];
  });
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

/** More of one item than a cart may hold. */
export function tooMany(productId: ProductId, quantity: number, field: readonly string[]): CartProblem {
  const message = `A cart holds at most ${MAX_QUANTITY} of one item; of product ${productId} it would be ${quantity}.`;
  return { code: 'QUANTITY_LIMIT_EXCEEDED', productId, limit: MAX_QUANTITY, message, field };
}

function tooManyItems(count: number, field: readonly string[]): CartProblem {
  const message = `A cart holds at most ${MAX_ITEMS} items; it would be ${count}.`;
  return { code: 'ITEM_LIMIT_EXCEEDED', limit: MAX_ITEMS, message, field };
}
