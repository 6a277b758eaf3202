/** What otherwise takes somebody else: for those who try the shop. */
import { ProductsByIdDocument } from '@cartwright/client';
import { useCart } from '@cartwright/client/react';
import { shop, tokenOf } from './shop.ts';

export function TryIt() {
  const { confirmed } = useCart();
  const [item] = confirmed?.items ?? [];

  /** As staff do, over the API. */
  const raise = async () => {
    if (!item) return;
    const price = (Number(item.unitPrice.amount) + 1).toFixed(
      item.unitPrice.amount.split('.')[1]?.length ?? 0,
    );
    const found = await shop.query(ProductsByIdDocument, { ids: [item.productId] });
    const [product] = found.ok ? found.data.productsById : [];
    if (!product) return;
    const authorization = `Bearer ${await tokenOf('staff')}`;
    const query =
      'mutation ($input: UpsertProductsInput!) { upsertProducts(input: $input) { userErrors { message } } }';
    // All of it: what is left out would be taken away.
    const input = { products: [{ ...product, price }] };
    await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables: { input } }),
    });
    dispatchEvent(new Event('focus'));
  };

  return (
    <details className="try">
      <summary>Things to try</summary>
      <ul>
        <li>Open a second tab, and change the cart in both.</li>
        <li>Stop the network, change something, and start it again.</li>
        <li>Fill the cart as a guest, then sign in: it goes along, and is merged into the one you had.</li>
        <li>
          <button disabled={!item} onClick={() => void raise()}>
            Raise the price of the first item in the cart by 1, as staff
          </button>
        </li>
      </ul>
    </details>
  );
}
