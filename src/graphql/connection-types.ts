/** Pages as Relay's cursor connections have them. */
import { Field, ObjectType, type ClassType } from 'type-graphql';
import { CartType } from './cart-type.ts';
import { ProductType } from './product-type.ts';

@ObjectType('PageInfo', { description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean, { description: 'Whether there is more behind this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for by `after`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first entry.' })
  startCursor?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      'Pass this as `after` to get the next page. It can lie behind the last entry of a short page.',
  })
  endCursor?: string | undefined;
}

/** The types `<name>Edge` and `<name>Connection`. */
function createConnection<Node extends object>(name: string, plural: string, nodeType: ClassType<Node>) {
  @ObjectType(`${name}Edge`, { description: `One of the ${plural} of a page.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Opaque; its place in the list.' })
    cursor!: string;

    @Field(() => nodeType, { description: 'The entry itself.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${plural}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    edges!: Edge[];

    @Field(() => [nodeType], { description: 'The entries alone.' })
    nodes!: Node[];

    @Field(() => PageInfoType, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfoType;
  }
  return Connection;
}

export const CartConnection = createConnection('Cart', 'carts', CartType);
export const ProductConnection = createConnection('Product', 'products', ProductType);

interface Connection<Entry> {
  edges: { cursor: string; node: Entry }[];
  nodes: readonly Entry[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | undefined;
    endCursor: string | undefined;
  };
}

/**
 * @param after the cursor that the page was asked for with
 * @param end where the next page begins, when that is not the last entry
 */
export function toConnection<Entry>(
  page: { entries: readonly Entry[]; hasNextPage: boolean },
  cursorOf: (entry: Entry) => string,
  after: string | null | undefined,
  end?: string,
): Connection<Entry> {
  const edges = page.entries.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes: page.entries,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor,
      endCursor: end ?? edges.at(-1)?.cursor,
    },
  };
}
