/** Who is asking, and the one cart that goes with them. */
import {
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import type { Cart } from '../cart/cart.ts';
import { CartType } from './cart-type.ts';
import type { Context } from './context.ts';

export const ViewerKind = { GUEST: 'GUEST', CUSTOMER: 'CUSTOMER', STAFF: 'STAFF' } as const;
export type ViewerKind = keyof typeof ViewerKind;

registerEnumType(ViewerKind, {
  name: 'ViewerKind',
  description: 'As whom a request is answered.',
  valuesConfig: {
    GUEST: { description: 'Somebody without a token, who may use the guest carts whose ids they know.' },
    CUSTOMER: { description: 'The customer whom the token names.' },
    STAFF: { description: 'Somebody who may act for every customer.' },
  },
});

@ObjectType('Viewer', { description: 'Who is asking, as far as the request shows.', simpleResolvers: true })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'As whom the request is answered.' })
  kind!: ViewerKind;

  @Field(() => ID, { nullable: true, description: 'Null for guests and staff.' })
  customerId?: string;
}

type ViewerView = Pick<ViewerType, 'kind' | 'customerId'>;

const kinds = { guest: 'GUEST', customer: 'CUSTOMER', staff: 'STAFF' } as const;

@Resolver(() => ViewerType)
export class ViewerQueries {
  @Query(() => ViewerType, { description: 'Who is asking, as far as the request shows.' })
  viewer(@Ctx() { viewer }: Context): ViewerView {
    const kind = kinds[viewer.kind];
    return viewer.kind === 'customer' ? { kind, customerId: viewer.customerId } : { kind };
  }

  @FieldResolver(() => CartType, {
    nullable: true,
    description:
      'The customer’s one active cart; null when there is none, and for guests and staff. Never stale.',
  })
  async cart(
    @Root() { customerId }: ViewerView,
    @Ctx() { operations, viewer, signal }: Context,
  ): Promise<Cart | undefined> {
    if (customerId === undefined) return undefined;
    return operations.findActiveCart(customerId, { viewer, signal });
  }
}
