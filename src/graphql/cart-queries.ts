import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Cart } from '../cart/cart.ts';
import { LONGEST_ID, parseCartId, parseCustomerId } from '../cart/ids.ts';
import { checkAtMost, checkNotEmpty } from '../cart/input-checks.ts';
import { cartCursor, checkPageSize, MAX_PAGE, parseCartCursor } from '../cart/page.ts';
import { CartStatus, CartType } from './cart-type.ts';
import { CartConnection, toConnection } from './connection-types.ts';
import type { Context } from './context.ts';

@Resolver()
export class CartQueries {
  @Query(() => CartType, {
    nullable: true,
    description: 'One cart. Null when it does not exist, has expired, or is not the viewer’s to see.',
  })
  async cart(
    @Arg('id', () => ID, { description: 'A UUID.' }) id: string,
    @Ctx() { operations, viewer, signal }: Context,
  ): Promise<Cart | undefined> {
    const [cart] = await operations.findCarts([parseCartId(id, 'id')], { viewer, signal });
    return cart;
  }

  @Query(() => [CartType], {
    nullable: 'items',
    description: 'Several carts in the order asked for, null where `cart` would be null.',
  })
  async carts(
    @Arg('ids', () => [ID], { description: 'One to 100 UUIDs.' }) ids: string[],
    @Ctx() { operations, viewer, signal }: Context,
  ): Promise<(Cart | Error | undefined)[]> {
    checkNotEmpty(ids, 'ids');
    checkAtMost(ids, MAX_PAGE, 'ids');
    const parsed = ids.map((id, index) => parseCartId(id, `ids[${index}]`));
    return operations.findEachCart(parsed, { viewer, signal });
  }

  @Query(() => CartConnection, {
    description:
      'The carts of one customer, newest first. With the DynamoDB store this is a Query on the CustomerIndex, which may lag behind a moment.',
  })
  async customerCarts(
    @Arg('customerId', () => ID, { description: `1 to ${LONGEST_ID} visible ASCII characters.` })
    customerId: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Entries in the page; 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Arg('status', () => CartStatus, { nullable: true, description: 'Only carts with this status.' })
    status: CartStatus | null | undefined,
    @Ctx() { operations, viewer, signal }: Context,
  ) {
    const page = await operations.listCarts(
      parseCustomerId(customerId, 'customerId'),
      {
        first: checkPageSize(first, 'first'),
        ...(after != null && { after: parseCartCursor(after, 'after') }),
        ...(status && { status }),
      },
      { viewer, signal },
    );
    return toConnection(page, cartCursor, after, page.resumeAfter && cartCursor(page.resumeAfter));
  }
}
