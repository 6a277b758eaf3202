/** The check-out: for the total that is shown, and for the cart that is shown. */
import { useState } from 'react';
import { formatMoney, match, type CheckOutResult } from '@cartwright/client';
import { useCart } from '@cartwright/client/react';
import { useNotices, wordsOf, type Notices } from './notices.tsx';
import { shop } from './shop.ts';

/** Sends an order, and tells what became of it. */
type Run = (send: () => Promise<CheckOutResult>) => Promise<void>;

function tellResult(result: CheckOutResult, { tell, clear }: Notices, run: Run): void {
  const refused = ({ errors }: { errors: readonly { code: string }[] }) => {
    tell({ text: wordsOf(errors) });
  };
  match(result, {
    ok: clear,
    priceChanged: ({ cart }) => {
      const total = cart?.totalAmount.amount;
      const atOldPrices = { acceptCartPrices: true, ...(total !== undefined && { expectedTotal: total }) };
      tell({
        text: 'Prices have changed since these were put into the cart. Please look at them again.',
        actions: [
          { label: 'Order at the old prices', run: () => void run(() => shop.checkOut(atOldPrices)) },
        ],
      });
    },
    totalMismatch: ({ currentTotal }) => {
      tell({ text: `The total is ${formatMoney(currentTotal)} by now. Please look at your cart again.` });
    },
    conflict: () => {
      tell({ text: 'Your cart was changed in another window. Please look at it again before you order.' });
    },
    gone: refused,
    refused,
    failed: refused,
    denied: refused,
    unknown: ({ errors, again }) => {
      tell({ text: wordsOf(errors), actions: [{ label: 'Try again', run: () => void run(again) }] });
    },
  });
}

export function CheckOut() {
  const { cart, confirmed, pending } = useCart();
  const [running, setRunning] = useState(false);
  const notices = useNotices();

  const run: Run = async (send) => {
    setRunning(true);
    const result = await send();
    setRunning(false);
    tellResult(result, notices, run);
  };

  const ready = cart && confirmed && pending === 0;
  const order = () => {
    if (!ready) return;
    const { version, totalAmount } = confirmed;
    void run(() => shop.checkOut({ expectedVersion: version, expectedTotal: totalAmount.amount }));
  };
  return (
    <button className="primary wide" disabled={running} aria-disabled={!ready} onClick={order}>
      {running ? 'Ordering …' : 'Order now'}
    </button>
  );
}
