import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { Product } from '../cart/product.ts';
import { parseNumericId } from '../cart/ids.ts';
import { checkPageSize, parseProductCursor, productCursor } from '../cart/page.ts';
import { ProductConnection, toConnection } from './connection-types.ts';
import type { Context } from './context.ts';
import { ProductType } from './product-type.ts';

@Resolver()
export class ProductQueries {
  @Query(() => ProductType, { nullable: true, description: 'One product; null when it is not sold.' })
  product(
    @Arg('id', () => ID, { description: 'A whole number from 1 to 2147483647.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Promise<Product | undefined> {
    return loaders.products.load(parseNumericId(id, 'id'));
  }

  @Query(() => ProductConnection, { description: 'The catalogue, in the order of the ids.' })
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
