/** Ready-made operations that change the catalogue: what is added by the first is withdrawn by the second. */
import type { PlaygroundExample } from './playground-example.ts';

export const upsertProducts: PlaygroundExample = {
  name: 'UpsertProducts',
  variables: {
    input: {
      products: [
        { id: 'MUG-BLUE', name: 'Blue mug', price: '12', category: 'Kitchen', url: '/mugs/blue' },
        { id: 'MUG-RED', name: 'Red mug', price: '12', category: 'Kitchen' },
      ],
    },
  },
  query: `# Staff add products, or replace those with the same ids:
# all or none. Carts keep the prices they have.
mutation UpsertProducts($input: UpsertProductsInput!) {
  upsertProducts(input: $input) {
    products { id name price { amount currency } url }
    userErrors { code message field }
  }
}`,
};

export const withdrawProducts: PlaygroundExample = {
  name: 'WithdrawProducts',
  variables: { input: { productIds: ['MUG-BLUE', 'MUG-RED'] } },
  query: `# Staff take products off sale; carts keep their items.
mutation WithdrawProducts($input: WithdrawProductsInput!) {
  withdrawProducts(input: $input) {
    withdrawnProductIds
    userErrors { code message field }
  }
}`,
};
