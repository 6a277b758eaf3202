/** What is derived from a cart, or asked of the catalogue in one batch. */
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { PriceChange } from '../cart/cart-error.ts';
import { findItem, itemCount, lineTotal, totalAmount, type Cart, type CartItem } from '../cart/cart.ts';
import type { Product } from '../cart/catalog.ts';
import { findPriceChanges } from '../cart/check-out.ts';
import { parseNumericId } from '../cart/ids.ts';
import type { Money } from '../cart/money.ts';
import { CartItemType, CartType } from './cart-type.ts';
import type { Context } from './context.ts';
import { ResponseTooLarge } from './errors.ts';
import { MoneyType } from './money-type.ts';
import { PriceChangeType, ProductType } from './product-type.ts';

/** An item together with its cart's currency, which its amounts need. */
type PricedItem = CartItem & { readonly currency: string };

const priced = (cart: Cart, item: CartItem): PricedItem => ({ ...item, currency: cart.currency });

@Resolver(() => CartType)
export class CartFields {
  @FieldResolver(() => [CartItemType], {
    description: 'In the order in which the products were first added.',
  })
  items(@Root() cart: Cart, @Ctx() { state }: Context): PricedItem[] {
    state.itemsLeft -= cart.items.length;
    if (state.itemsLeft < 0) throw new ResponseTooLarge();
    return cart.items.map((item) => priced(cart, item));
  }

  @FieldResolver(() => CartItemType, { nullable: true, description: 'The item of one product.' })
  item(
    @Root() cart: Cart,
    @Arg('productId', () => ID, { description: 'The product.' }) productId: string,
  ): PricedItem | undefined {
    const item = findItem(cart, parseNumericId(productId, 'productId'));
    return item && priced(cart, item);
  }

  @FieldResolver(() => Int, { description: 'The sum of the quantities.' })
  itemCount(@Root() cart: Cart): number {
    return itemCount(cart);
  }

  @FieldResolver(() => MoneyType, { description: 'The sum of the line totals.' })
  totalAmount(@Root() cart: Cart): Money {
    return totalAmount(cart);
  }

  @FieldResolver(() => [PriceChangeType], {
    nullable: true,
    description:
      'Items whose catalogue price is no longer the price in the cart; null when the catalogue cannot be asked.',
  })
  async priceChanges(@Root() cart: Cart, @Ctx() { loaders }: Context): Promise<PriceChange[] | undefined> {
    try {
      const products = cart.items.map((item) => loaders.products.load(item.productId));
      return findPriceChanges(cart, await Promise.all(products));
    } catch {
      return undefined;
    }
  }
}

@Resolver(() => CartItemType)
export class CartItemFields {
  @FieldResolver(() => ID, { description: 'The item within its cart: the id of the product.' })
  id(@Root() item: PricedItem): number {
    return item.productId;
  }

  @FieldResolver(() => MoneyType, { description: 'The price of one as it was when the product was added.' })
  unitPrice(@Root() item: PricedItem): Money {
    return { amount: item.unitPrice, currency: item.currency };
  }

  @FieldResolver(() => MoneyType, { description: 'Price times quantity.' })
  lineTotal(@Root() item: PricedItem): Money {
    return { amount: lineTotal(item), currency: item.currency };
  }

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: 'The product as the catalogue has it now; null when it is no longer sold.',
  })
  product(@Root() item: PricedItem, @Ctx() { loaders }: Context): Promise<Product | undefined> {
    return loaders.products.load(item.productId);
  }
}
