/** The page. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { CartProvider, useCart } from '@cartwright/client/react';
import { Cart } from './cart.tsx';
import { Catalogue } from './catalogue.tsx';
import { NoticeProvider, useNotices } from './notices.tsx';
import { Orders } from './orders.tsx';
import { identities, people, shop, signInAs } from './shop.ts';
import { TryIt } from './try-it.tsx';

export function App() {
  return (
    <CartProvider client={shop}>
      <NoticeProvider>
        <Header />
        <Main />
      </NoticeProvider>
    </CartProvider>
  );
}

function Main() {
  const identity = useSyncExternalStore(identities.subscribe, identities.get);
  const view = useHash();
  return (
    <main>
      {view === '#orders' && identity ? (
        <Orders key={identity.customerId} customerId={identity.customerId} />
      ) : (
        <Catalogue />
      )}
      <aside>
        <Cart />
        <TryIt />
      </aside>
    </main>
  );
}

function Header() {
  const { cart, pending } = useCart();
  const identity = useSyncExternalStore(identities.subscribe, identities.get);
  const { tell } = useNotices();
  const become = (id: string) => {
    signInAs(id === '' ? undefined : id).catch(() => {
      tell({ text: 'Signing in failed. Please try again.' });
    });
  };
  const count = cart?.status === 'ACTIVE' ? cart.itemCount : 0;
  return (
    <header>
      <h1>Cartwright Goods</h1>
      <nav aria-label="Shop">
        <a href="#goods">Goods</a>
        {identity && <a href="#orders">Your orders</a>}
        <a href="#cart" className="to-cart">
          Cart ({count}){pending > 0 && <span className="quiet"> saving …</span>}
        </a>
      </nav>
      <label className="who">
        Shopping as{' '}
        <select
          value={identity?.customerId ?? ''}
          onChange={({ target }) => {
            become(target.value);
          }}
        >
          <option value="">Guest</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const listen = () => {
      // The cart is on every view.
      if (location.hash !== '#cart') setHash(location.hash);
    };
    addEventListener('hashchange', listen);
    return () => {
      removeEventListener('hashchange', listen);
    };
  }, []);
  return hash;
}
