import { Field, ID, ObjectType } from 'type-graphql';
import { LONGEST_ID } from '../cart/ids.ts';
import { MoneyType } from './money-type.ts';

export const PRODUCT_ID = `1 to ${LONGEST_ID} visible ASCII characters without ~, such as "42" or "SKU-1".`;

@ObjectType('Product', { description: 'A product as the catalogue has it now.', simpleResolvers: true })
export class ProductType {
  @Field(() => ID, { description: PRODUCT_ID })
  id!: string;

  @Field(() => String, { description: 'The name; at most 255 characters.' })
  name!: string;

  @Field(() => MoneyType, { description: 'The current price of one.' })
  price!: MoneyType;

  @Field(() => String, { nullable: true, description: 'What kind of product it is.' })
  category?: string;

  @Field(() => String, { nullable: true, description: 'Who makes it.' })
  brand?: string;

  @Field(() => String, { nullable: true, description: 'A sentence about it.' })
  description?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address of a picture: absolute with http or https, or a path.',
  })
  imageUrl?: string;

  @Field(() => String, {
    nullable: true,
    description: 'The address of its page in the shop: absolute with http or https, or a path.',
  })
  url?: string;
}

@ObjectType('PriceChange', {
  description: 'An item whose price in the cart is no longer its price in the catalogue.',
  simpleResolvers: true,
})
export class PriceChangeType {
  @Field(() => ID, { description: 'The item.' })
  itemId!: string;

  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => MoneyType, { description: 'The price in the cart.' })
  cartPrice!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price in the catalogue; null when the product is no longer sold.',
  })
  currentPrice?: MoneyType;
}
