/** The ids of a customer's carts, as one process lists them. */
import type { CartId } from '../../../src/cart/ids.ts';
import { sendGraphQL } from '../ask-service.ts';
import type { MovingCluster } from '../processes/move-cluster.ts';

interface Listed {
  readonly customerCarts: { readonly nodes: readonly { readonly id: CartId }[] };
}

/** Undefined where it does not answer. */
export async function askList(
  { members }: Pick<MovingCluster, 'members'>,
  instance: number,
  customerId: string,
): Promise<readonly CartId[] | undefined> {
  const member = members[instance];
  if (!member?.isUp()) return undefined;
  const reply = await sendGraphQL<Listed>(member.url, {
    query: 'query ($id: ID!) { customerCarts(customerId: $id, first: 20) { nodes { id } } }',
    variables: { id: customerId },
  });
  return reply.kind === 'answered' ? reply.data.customerCarts.nodes.map(({ id }) => id) : undefined;
}
