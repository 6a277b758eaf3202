import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Product } from '../cart/product.ts';
import { parseProductId } from '../cart/ids.ts';
import { checkAtMost, checkNotEmpty } from '../cart/input-checks.ts';
import { checkPageSize, MAX_PAGE, parseProductCursor, productCursor } from '../cart/page.ts';
import { ProductConnection, toConnection } from './connection-types.ts';
import type { Context } from './context.ts';
import { PRODUCT_ID, ProductType } from './product-type.ts';

@Resolver()
export class ProductQueries {
  @Query(() => ProductType, { nullable: true, description: 'One product; null when it is not sold.' })
  product(
    @Arg('id', () => ID, { description: PRODUCT_ID }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Product | undefined> {
    return loaders.products.load(parseProductId(id, 'id'));
  }

  @Query(() => [ProductType], {
    nullable: 'items',
    description: 'Several products in the order asked for, null where `product` would be null.',
  })
  productsById(
    @Arg('ids', () => [ID], { description: 'One to 100 ids.' }) ids: string[],
    @Ctx() { loaders }: Context,
  ): Promise<(Product | undefined)[]> {
    checkNotEmpty(ids, 'ids');
    checkAtMost(ids, MAX_PAGE, 'ids');
    const parsed = ids.map((id, index) => parseProductId(id, `ids[${index}]`));
    return Promise.all(parsed.map((id) => loaders.products.load(id)));
  }

  @Query(() => ProductConnection, {
    description: 'The catalogue, in the order of the ids: whole numbers by value, then text by its bytes.',
  })
  async products(
    @Arg('first', () => Int, { defaultValue: 20, description: 'Entries in the page; 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
    @Ctx() { catalog, signal }: Context,
  ) {
    const page = await catalog.list(
      {
        first: checkPageSize(first, 'first'),
        ...(after != null && { after: parseProductCursor(after, 'after') }),
      },
      { signal },
    );
    const { resumeAfter } = page;
    const end = resumeAfter === undefined ? undefined : productCursor(resumeAfter);
    return toConnection(page, (product) => productCursor(product.id), after, end);
  }
}
