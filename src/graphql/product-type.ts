import { Field, ID, ObjectType } from 'type-graphql';
import { MoneyType } from './money-type.ts';

@ObjectType('Product', { description: 'A product as the catalogue has it now.', simpleResolvers: true })
export class ProductType {
  @Field(() => ID, { description: 'A whole number from 1 to 2147483647.' })
  id!: number;

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
}

@ObjectType('PriceChange', {
  description: 'An item whose price in the cart is no longer its price in the catalogue.',
  simpleResolvers: true,
})
export class PriceChangeType {
  @Field(() => ID, { description: 'The product.' })
  productId!: number;

  @Field(() => MoneyType, { description: 'The price in the cart.' })
  cartPrice!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price in the catalogue; null when the product is no longer sold.',
  })
  currentPrice?: MoneyType;
}
