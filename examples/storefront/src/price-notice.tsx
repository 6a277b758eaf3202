/** Prices that are others by now: looked for when the cart is found, and when somebody comes back to the page. */
import { useEffect, useState } from 'react';
import { formatMoney, type PriceChange } from '@cartwright/client';
import { useCart } from '@cartwright/client/react';
import { useNotices, wordsOf } from './notices.tsx';
import { shop } from './shop.ts';

export function PriceNotice({ cartId }: { cartId: string }) {
  const [changes, setChanges] = useState<readonly PriceChange[]>([]);
  const { cart, confirmed } = useCart();
  const { tell, clear } = useNotices();

  useEffect(() => {
    let left = false;
    const look = () =>
      void shop.priceChanges().then((result) => {
        if (result.ok && !left) setChanges(result.data);
      });
    look();
    addEventListener('focus', look);
    return () => {
      left = true;
      removeEventListener('focus', look);
    };
  }, [cartId, confirmed?.version]);

  const shown = changes.flatMap((change) => {
    const item = cart?.items.find(({ id }) => id === change.itemId);
    return item ? [{ ...change, name: item.productName }] : [];
  });
  if (shown.length === 0) return null;
  const accept = async () => {
    const result = await shop.refreshPrices();
    // What was said of the old prices is over.
    if (result.ok) clear();
    else tell({ text: wordsOf(result.errors) });
  };
  return (
    <div className="notice" role="group" aria-label="Changed prices">
      <ul>
        {shown.map(({ itemId, name, cartPrice, currentPrice }) => (
          <li key={itemId}>
            {name}:{' '}
            {currentPrice ? `${formatMoney(cartPrice)} → ${formatMoney(currentPrice)}` : 'no longer sold'}
          </li>
        ))}
      </ul>
      <button onClick={() => void accept()}>Take the new prices</button>
    </div>
  );
}
