import 'reflect-metadata';
import { expect, it } from 'vitest';
import { parseProductCursor } from '../../src/cart/page.ts';
import type { Context } from '../../src/graphql/context.ts';
import { ProductQueries } from '../../src/graphql/product-queries.ts';

it('a page of which no product can be read ends where the next one begins', async () => {
  const page = { entries: [], hasNextPage: true, resumeAfter: '7' };
  const context = { catalog: { list: () => Promise.resolve(page) } } as unknown as Context;
  const { nodes, pageInfo } = await new ProductQueries().products(1, null, context);
  expect(nodes).toEqual([]);
  expect(pageInfo.hasNextPage).toBe(true);
  expect(parseProductCursor(pageInfo.endCursor ?? '', 'after')).toBe('7');
});
