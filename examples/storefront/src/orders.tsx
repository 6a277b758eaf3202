/** A customer's carts, newest first. */
import { useCallback, useEffect, useState } from 'react';
import { CustomerCartsDocument, formatMoney, type Cart } from '@cartwright/client';
import { useNotices, wordsOf } from './notices.tsx';
import { shop } from './shop.ts';

const PAGE = 5;
const states = { ACTIVE: 'Open', CHECKED_OUT: 'Ordered', MERGED: 'Moved into another' } as const;
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function Orders({ customerId }: { customerId: string }) {
  const [carts, setCarts] = useState<readonly Cart[]>();
  const [next, setNext] = useState<string | null>(null);
  const { tell } = useNotices();

  const load = useCallback(
    async (after: string | null) => {
      const result = await shop.query(CustomerCartsDocument, { customerId, first: PAGE, after });
      if (!result.ok) {
        tell({ text: wordsOf(result.errors) });
        return;
      }
      const { nodes, pageInfo } = result.data.customerCarts;
      setCarts((shown = []) => (after === null ? nodes : [...shown, ...nodes]));
      setNext(pageInfo.hasNextPage ? pageInfo.endCursor : null);
    },
    [customerId, tell],
  );
  useEffect(() => {
    void load(null);
  }, [load]);

  return (
    <section aria-labelledby="orders">
      <h2 id="orders">Your carts and orders</h2>
      {carts?.length === 0 && <p className="quiet">There are none yet.</p>}
      <ul className="orders">
        {carts?.map((cart) => (
          <li key={cart.id}>
            <span>{dates.format(new Date(cart.updatedAt))}</span>
            <span>{states[cart.status]}</span>
            <span>{cart.itemCount === 1 ? '1 item' : `${cart.itemCount} items`}</span>
            <strong>{formatMoney(cart.totalAmount)}</strong>
          </li>
        ))}
      </ul>
      {next !== null && (
        <button className="more" onClick={() => void load(next)}>
          More carts
        </button>
      )}
    </section>
  );
}
