/** The inputs of the mutations that change the catalogue. */
import { Field, ID, InputType } from 'type-graphql';
import { MAX_DESCRIPTION, MAX_LABEL, MAX_NAME, MAX_URL } from '../cart/product.ts';
import { PRODUCT_ID } from './product-type.ts';
import { Decimal } from './scalars.ts';

const address = `At most ${MAX_URL} characters, absolute with http or https, or a path.`;

@InputType('ProductInput', {
  description: 'A product as it is to be sold: what is left out it does not have.',
})
export class ProductInput {
  @Field(() => ID, { description: `${PRODUCT_ID} Once in a list.` })
  id!: string;

  @Field(() => String, {
    description: `At most ${MAX_NAME.characters} characters, and ${MAX_NAME.bytes} bytes in UTF-8.`,
  })
  name!: string;

  @Field(() => Decimal, {
    description: 'The price of one, in the currency of the service: 0 to 100,000,000 of its smallest units.',
  })
  price!: string;

  @Field(() => String, {
    nullable: true,
    description: `What kind of product it is; at most ${MAX_LABEL} characters.`,
  })
  category?: string | null;

  @Field(() => String, { nullable: true, description: `Who makes it; at most ${MAX_LABEL} characters.` })
  brand?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `A few sentences about it; at most ${MAX_DESCRIPTION} characters.`,
  })
  description?: string | null;

  @Field(() => String, { nullable: true, description: `The address of a picture. ${address}` })
  imageUrl?: string | null;

  @Field(() => String, { nullable: true, description: `The address of its page in the shop. ${address}` })
  url?: string | null;
}

@InputType('UpsertProductsInput', { description: 'Products to add, or to replace by their ids.' })
export class UpsertProductsInput {
  @Field(() => [ProductInput], { description: '1 to 100, each once; all are taken or none.' })
  products!: ProductInput[];
}

@InputType('WithdrawProductsInput', { description: 'Products to take off sale.' })
export class WithdrawProductsInput {
  @Field(() => [ID], { description: '1 to 100, each once; all are withdrawn or none.' })
  productIds!: string[];
}
