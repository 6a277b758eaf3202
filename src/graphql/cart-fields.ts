/** The fields of a cart that take an argument, or ask the catalogue in one batch. */
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import type { PriceChange } from '../cart/cart-error.ts';
import type { Cart } from '../cart/cart.ts';
import { findPriceChanges } from '../cart/check-out.ts';
import { findItem } from '../cart/find-item.ts';
import type { Product } from '../cart/product.ts';
import { toReference } from './arguments.ts';
import { CartItemType, CartType } from './cart-type.ts';
import { toCartItemView, type CartItemView } from './cart-view.ts';
import type { Context } from './context.ts';
import { PriceChangeType, ProductType } from './product-type.ts';

@Resolver(() => CartType)
export class CartFields {
  /** Null for several items of a product, too: which one is meant cannot be known, and to ask is no mistake. */
  @FieldResolver(() => CartItemType, {
    nullable: true,
    description:
      'One item, by its id, or by its product; exactly one of the two. Null when the cart does not have it, and where it has several items of the product, which only their ids tell apart.',
  })
  item(
    @Root() cart: Cart,
    @Arg('id', () => ID, { nullable: true, description: 'The id of the item.' })
    id: string | null | undefined,
    @Arg('productId', () => ID, { nullable: true, description: 'The product of the item.' })
    productId: string | null | undefined,
  ): CartItemView | undefined {
    const found = findItem(cart, toReference(id, productId, 'id', 'productId'), []);
    return 'item' in found ? toCartItemView(found.item, cart) : undefined;
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
function noteFault(error: unknown, { signal, state, log, loggedId }: Context): void {
  if (signal.aborted || state.faultLogged) return;
  state.faultLogged = true;
  log?.error({ err: error, requestId: loggedId, path: 'priceChanges' }, 'a resolver failed');
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
