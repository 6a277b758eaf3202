/** The products, page after page. */
import { useCallback, useEffect, useId, useState, type SyntheticEvent } from 'react';
import { formatMoney, ProductsDocument, type Product } from '@cartwright/client';
import { useNotices, wordsOf } from './notices.tsx';
import { shop } from './shop.ts';
import { useChange } from './use-change.ts';

const PAGE = 12;

export function Catalogue() {
  const [products, setProducts] = useState<readonly Product[]>([]);
  const [next, setNext] = useState<string | null | undefined>();
  const [loading, setLoading] = useState(false);
  const { tell } = useNotices();

  const load = useCallback(
    async (after: string | null) => {
      setLoading(true);
      const result = await shop.query(ProductsDocument, { first: PAGE, after });
      setLoading(false);
      if (!result.ok) {
        tell({
          text: wordsOf(result.errors),
          actions: [
            {
              label: 'Try again',
              run() {
                void load(after);
                // It was looked for at the same moment, and is not known either.
                if (!shop.getSnapshot().loaded) void shop.load();
              },
            },
          ],
        });
        return;
      }
      const { nodes, pageInfo } = result.data.products;
      setProducts((shown) => (after === null ? nodes : [...shown, ...nodes]));
      setNext(pageInfo.hasNextPage ? pageInfo.endCursor : null);
    },
    [tell],
  );

  useEffect(() => {
    void load(null);
  }, [load]);

  return (
    <section aria-labelledby="goods">
      <h2 id="goods">Goods</h2>
      <ul className="products" aria-busy={loading}>
        {products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      {next != null && (
        <button className="more" disabled={loading} onClick={() => void load(next)}>
          {loading ? 'Loading …' : 'More goods'}
        </button>
      )}
    </section>
  );
}

function ProductCard({ product }: { product: Product }) {
  const [engraving, setEngraving] = useState('');
  const change = useChange();
  const field = useId();
  const { id, name, brand, price } = product;

  const add = async (event: SyntheticEvent) => {
    event.preventDefault();
    const text = engraving.trim();
    const attributes = text === '' ? [] : [{ key: 'engraving', value: text }];
    const item = { productId: id, quantity: 1, attributes, preview: { name, price } };
    setEngraving('');
    // Adding agrees with whatever others do at the same time: it needs no condition.
    if (!(await change(() => shop.addItems([item]), `Add ${name}`))) setEngraving(text);
  };

  return (
    <li className="product">
      <Picture product={product} />
      <h3>{name}</h3>
      <p className="quiet">{brand}</p>
      <p className="price">{formatMoney(price)}</p>
      <form onSubmit={(event) => void add(event)}>
        <label htmlFor={field}>Engraving (optional)</label>
        <input
          id={field}
          value={engraving}
          maxLength={40}
          autoComplete="off"
          onChange={({ target }) => {
            setEngraving(target.value);
          }}
        />
        <button className="primary" aria-label={`Add ${name} to the cart`}>
          Add to cart
        </button>
      </form>
    </li>
  );
}

/** A picture says nothing that the name beside it does not. Where there is none, its first letter takes the place. */
export function Picture({ product }: { product: Pick<Product, 'name' | 'imageUrl'> }) {
  const [broken, setBroken] = useState(false);
  if (product.imageUrl === null || broken)
    return (
      <div className="picture" aria-hidden="true">
        {product.name.charAt(0)}
      </div>
    );
  return (
    <img
      className="picture"
      src={product.imageUrl}
      alt=""
      loading="lazy"
      onError={() => {
        setBroken(true);
      }}
    />
  );
}
