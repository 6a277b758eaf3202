/** Prices against the catalogue, and check-out. */
import { refuseIfAny, type CartProblem, type PriceChange } from './cart-error.ts';
import { totalAmount, type Cart } from './cart.ts';
import type { Product } from './product.ts';
import { itemId } from './item-key.ts';
import { formatAmount, parseAmount } from './money.ts';

/**
 * The items whose price is no longer the catalogue's.
 * @param products the catalogue's answer, one for each item; undefined where a product is no longer sold
 */
export function findPriceChanges(cart: Cart, products: readonly (Product | undefined)[]): PriceChange[] {
  return cart.items.flatMap((item, index): PriceChange[] => {
    const product = products[index];
    const cartPrice = { amount: item.unitPrice, currency: cart.currency };
    const { productId } = item;
    if (!product) return [{ itemId: itemId(cart.id, item), productId, cartPrice }];
    const same = product.price.amount === item.unitPrice && product.price.currency === cart.currency;
    return same ? [] : [{ itemId: itemId(cart.id, item), productId, cartPrice, currentPrice: product.price }];
  });
}

/** Takes the catalogue's names and prices into the cart; items no longer sold stay as they are. */
export function refreshPrices(cart: Cart, products: readonly (Product | undefined)[]): Cart {
  const items = cart.items.map((item, index) => {
    const product = products[index];
    if (product?.price.currency !== cart.currency) return item;
    return { ...item, productName: product.name, unitPrice: product.price.amount };
  });
  return { ...cart, items };
}

export interface CheckOutTerms {
  readonly orderId: string;
  /** What the client expects to pay: a decimal in the cart's currency. */
  readonly expectedTotal?: string;
  /** The catalogue's answer, one for each item; absent when the cart's own prices are accepted. */
  readonly products?: readonly (Product | undefined)[];
}

/**
 * Freezes the cart and gives it an order id.
 * @throws CartError CART_EMPTY, PRICE_CHANGED, TOTAL_MISMATCH
 * @throws InputError for an expected total that is no decimal of the cart's currency
 */
export function checkOut(cart: Cart, { orderId, expectedTotal, products }: CheckOutTerms): Cart {
  const problems: CartProblem[] = [];
  if (cart.items.length === 0) {
    problems.push({ code: 'CART_EMPTY', message: 'An empty cart cannot be checked out.', field: ['cartId'] });
  }
  const priceChanges = products ? findPriceChanges(cart, products) : [];
  if (priceChanges.length > 0) {
    const message = `${priceChanges.length} of the prices in the cart are no longer the catalogue's.`;
    problems.push({ code: 'PRICE_CHANGED', priceChanges, message, field: ['cartId'] });
  }
  const currentTotal = totalAmount(cart);
  const { amount, currency } = currentTotal;
  if (expectedTotal !== undefined && parseAmount(expectedTotal, currency, 'expectedTotal') !== amount) {
    const message = `The total is ${formatAmount(amount, currency)} ${currency}, not ${expectedTotal}.`;
    problems.push({ code: 'TOTAL_MISMATCH', currentTotal, message, field: ['expectedTotal'] });
  }
  refuseIfAny(problems);
  return { ...cart, status: 'CHECKED_OUT', orderId };
}
