/** The fields of a cart that take an argument, or ask the catalogue in one batch. */
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { PriceChange } from '../cart/cart-error.ts';
import { findItem, type Cart } from '../cart/cart.ts';
import type { Product } from '../cart/product.ts';
import { findPriceChanges } from '../cart/check-out.ts';
import { parseNumericId } from '../cart/ids.ts';
import { CartItemType, CartType } from './cart-type.ts';
import { toCartItemView, type CartItemView } from './cart-view.ts';
import type { Context } from './context.ts';
import { PriceChangeType, ProductType } from './product-type.ts';

@Resolver(() => CartType)
export class CartFields {
  @FieldResolver(() => [CartItemType], {
    description: 'In the order in which the products were first added.',
  })
  items(@Root() { items, currency }: Cart): CartItemView[] {
    return items.map((item) => toCartItemView(item, currency));
  }

  @FieldResolver(() => CartItemType, { nullable: true, description: 'The item of one product.' })
  item(
    @Root() cart: Cart,
    @Arg('productId', () => ID, { description: 'The product.' }) productId: string,
  ): CartItemView | undefined {
    const item = findItem(cart, parseNumericId(productId, 'productId'));
    return item && toCartItemView(item, cart.currency);
  }

  @FieldResolver(() => [PriceChangeType], {
    nullable: true,
    description:
      'Items whose catalogue price is no longer the price in the cart; null when the catalogue cannot be asked.',
  })
  async priceChanges(@Root() cart: Cart, @Ctx() context: Context): Promise<PriceChange[] | undefined> {
    try {
      const products = cart.items.map((item) => context.loaders.products.load(item.productId));
      return findPriceChanges(cart, await Promise.all(products));
    } catch (error) {
      noteFault(error, context);
      return undefined;
    }
  }
}

/** A catalogue that takes too long is an answer without price changes; one that fails is that, and a line in the log. */
function noteFault(error: unknown, { signal, state, log, requestId }: Context): void {
  if (signal.aborted || state.faultLogged) return;
  state.faultLogged = true;
  log?.error({ err: error, requestId, path: 'priceChanges' }, 'a resolver failed');
}

@Resolver(() => CartItemType)
export class CartItemFields {
  @FieldResolver(() => ProductType, {
    nullable: true,
    description: 'The product as the catalogue has it now; null when it is no longer sold.',
  })
  product(@Root() item: CartItemView, @Ctx() { loaders }: Context): Promise<Product | undefined> {
    return loaders.products.load(item.productId);
  }
}
