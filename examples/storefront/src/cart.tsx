/** The cart: what is in it, what is said with it, and the way out. */
import { useEffect, useState } from 'react';
import { formatMoney, type Cart as CartShown, type CartItem } from '@cartwright/client';
import { useCart } from '@cartwright/client/react';
import { CheckOut } from './check-out.tsx';
import { PriceNotice } from './price-notice.tsx';
import { shop } from './shop.ts';
import { useChange } from './use-change.ts';

export function Cart() {
  const { cart, pending, loaded } = useCart();
  if (cart?.status === 'CHECKED_OUT') return <Ordered cart={cart} />;
  const empty = !cart || cart.items.length === 0;
  return (
    <section id="cart" className="cart" aria-labelledby="cart-title" aria-busy={pending > 0 || !loaded}>
      <h2 id="cart-title">Your cart</h2>
      {empty && <p className="quiet">{loaded ? 'There is nothing in it yet.' : 'Looking for your cart …'}</p>}
      {!empty && (
        <>
          <PriceNotice cartId={cart.id} />
          <ul className="lines">
            {cart.items.map((item) => (
              <Line key={item.id} item={item} />
            ))}
          </ul>
          <p className="total">
            <span>Total</span> <strong>{formatMoney(cart.totalAmount)}</strong>
          </p>
          <Note key={cart.id} note={cart.note} />
          <CheckOut />
        </>
      )}
    </section>
  );
}

function Line({ item: { id, productName, attributes, quantity, unitPrice, lineTotal } }: { item: CartItem }) {
  const change = useChange();
  const engraving = attributes.find(({ key }) => key === 'engraving')?.value;
  const name = engraving === undefined ? productName : `${productName}, engraved “${engraving}”`;
  const set = (next: number) =>
    void change(
      (options) => shop.updateItems([{ itemId: id, quantity: next }], options),
      `Set to ${next} all the same`,
    );
  const remove = () => void change((options) => shop.removeItems([id], options), 'Remove it all the same');
  return (
    <li className="line">
      <div>
        <p className="name">{productName}</p>
        {engraving !== undefined && <p className="quiet">“{engraving}”</p>}
        <p className="quiet">{formatMoney(unitPrice)} each</p>
      </div>
      <p className="price">{formatMoney(lineTotal)}</p>
      <div className="stepper" role="group" aria-label={`Quantity of ${name}`}>
        <button
          aria-label={`One less of ${name}`}
          disabled={quantity <= 1}
          onClick={() => {
            set(quantity - 1);
          }}
        >
          −
        </button>
        <output aria-label="Quantity">{quantity}</output>
        <button
          aria-label={`One more of ${name}`}
          onClick={() => {
            set(quantity + 1);
          }}
        >
          +
        </button>
      </div>
      <button className="link" aria-label={`Remove ${name}`} onClick={remove}>
        Remove
      </button>
    </li>
  );
}

function Note({ note }: { note: string | null }) {
  const [text, setText] = useState(note ?? '');
  const change = useChange();
  // Written in another tab, unless somebody is writing here.
  useEffect(() => {
    setText(note ?? '');
  }, [note]);
  const save = () => {
    if (text !== (note ?? ''))
      void change((options) => shop.updateCart({ note: text }, options), 'Save the note all the same');
  };
  return (
    <label className="note">
      A note for us
      <textarea
        rows={2}
        maxLength={1000}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
        }}
        onBlur={save}
      />
    </label>
  );
}

function Ordered({ cart }: { cart: CartShown }) {
  return (
    <section id="cart" className="cart" aria-labelledby="cart-title">
      <h2 id="cart-title">Thank you!</h2>
      <p>
        Your order over {formatMoney(cart.totalAmount)} has the number <code>{cart.orderId}</code>.
      </p>
      <button className="primary" onClick={() => void shop.load()}>
        Go on shopping
      </button>
    </section>
  );
}
