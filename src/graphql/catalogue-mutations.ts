/** What staff do with the catalogue. */
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CartProblem } from '../cart/cart-error.ts';
import type { ProductId } from '../cart/ids.ts';
import { InputError } from '../cart/input-error.ts';
import { checkAtMost, checkDistinct, checkNotEmpty } from '../cart/input-checks.ts';
import { parseAmount, type CurrencyCode } from '../cart/money.ts';
import { checkProduct, type Product } from '../cart/product.ts';
import { MAX_TOGETHER } from '../stores/catalog.ts';
import { toProductIds } from './arguments.ts';
import { UpsertProductsInput, WithdrawProductsInput, type ProductInput } from './catalogue-inputs.ts';
import type { Context } from './context.ts';
import { payload, Payload } from './payloads.ts';
import { ProductType } from './product-type.ts';

@ObjectType('UpsertProductsPayload', payload('upsertProducts'))
export class UpsertProductsPayload extends Payload {
  @Field(() => [ProductType], {
    nullable: true,
    description: 'The products as they are now sold, in the order given.',
  })
  products?: readonly Product[];
}

@ObjectType('WithdrawProductsPayload', payload('withdrawProducts'))
export class WithdrawProductsPayload extends Payload {
  @Field(() => [ID], {
    nullable: true,
    description: 'Those that were sold until now, in the order given.',
  })
  withdrawnProductIds?: readonly ProductId[];
}

const userErrors: readonly CartProblem[] = [];

@Resolver()
export class CatalogueMutations {
  @Mutation(() => UpsertProductsPayload, {
    nullable: true,
    description: 'Staff only. Adds products or replaces those with the same ids; all or none.',
  })
  async upsertProducts(
    @Arg('input', () => UpsertProductsInput, { description: 'The products.' }) input: UpsertProductsInput,
    @Ctx() { operations, currency, loaders, viewer, signal }: Context,
  ) {
    const products = toProducts(input.products, currency);
    await operations.upsertProducts(products, { viewer, signal });
    // A field of the same request may have asked for one of them.
    loaders.products.clearAll();
    return { products, userErrors };
  }

  @Mutation(() => WithdrawProductsPayload, {
    nullable: true,
    description: 'Staff only. Takes products off sale; carts keep their items.',
  })
  async withdrawProducts(
    @Arg('input', () => WithdrawProductsInput, { description: 'Which products.' })
    input: WithdrawProductsInput,
    @Ctx() { operations, loaders, viewer, signal }: Context,
  ) {
    checkAtMost(input.productIds, MAX_TOGETHER, 'input.productIds');
    const productIds = toProductIds(input.productIds, 'input.productIds');
    const withdrawnProductIds = await operations.withdrawProducts(productIds, { viewer, signal });
    loaders.products.clearAll();
    return { withdrawnProductIds, userErrors };
  }
}

/** @throws InputError */
function toProducts(given: readonly ProductInput[], currency: CurrencyCode): Product[] {
  checkNotEmpty(given, 'input.products');
  checkAtMost(given, MAX_TOGETHER, 'input.products');
  const products = given.map((product, index) => toProduct(product, currency, `input.products[${index}]`));
  checkDistinct(
    products.map(({ id }) => id),
    'product',
    'input.products',
  );
  return products;
}

function toProduct(given: ProductInput, currency: CurrencyCode, argument: string): Product {
  const { id, name, price, category, brand, description, imageUrl, url } = given;
  const product: Product = {
    id,
    name,
    price: { amount: parseAmount(price, currency, `${argument}.price`), currency },
    ...(category != null && { category }),
    ...(brand != null && { brand }),
    ...(description != null && { description }),
    ...(imageUrl != null && { imageUrl }),
    ...(url != null && { url }),
  };
  // Older rows may have none, so it is no limit of checkProduct.
  if (name === '') throw new InputError(`${argument}.name`, 'must not be empty', name);
  checkProduct(product, argument);
  return product;
}
