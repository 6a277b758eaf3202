/** Over random histories a cart holds, to the cent, what a plain count of its changes says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemCount, totalAmount } from '../../src/cart/cart.ts';
import { product } from '../support/memory-catalog.ts';
import { codes, madeCart, openOperations, terms } from '../support/open-operations.ts';

const productId = fc.constantFrom('1', '2', '3', 'SKU-4', 'SKU-5');
const quantity = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: -1, max: 9999 }));
const price = fc.integer({ min: 0, max: 100_000_000 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), productId, quantity }),
  fc.record({ kind: fc.constant('set' as const), productId, quantity }),
  fc.record({ kind: fc.constant('remove' as const), productId }),
  fc.record({ kind: fc.constant('price' as const), productId, price }),
  fc.record({ kind: fc.constant('refresh' as const) }),
);

it('count, total and version are exact after every step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { operations, products } = openOperations();
      for (const id of ['SKU-4', 'SKU-5']) products.set(id, product(id));
      const { id } = madeCart(await operations.createCart({}, terms()));
      const lines = new Map<string, { quantity: number; price: number }>();
      let version = 1;

      for (const next of steps) {
        if (next.kind === 'price') {
          products.set(next.productId, product(next.productId, next.price));
          continue;
        }
        if (next.kind === 'refresh') {
          await operations.refreshPrices(id, terms());
          for (const [of, line] of lines) line.price = products.get(of)?.price.amount ?? NaN;
          version += 1;
        } else {
          const line = lines.get(next.productId);
          const had = line?.quantity ?? 0;
          const wanted = next.kind === 'add' ? had + next.quantity : next.kind === 'set' ? next.quantity : 0;
          const one = [{ productId: next.productId, quantity: next.kind === 'remove' ? 0 : next.quantity }];
          const outcome = await {
            add: () => operations.addItems(id, one, terms()),
            set: () => operations.setQuantities(id, one, terms()),
            remove: () => operations.removeItems(id, [{ productId: next.productId }], terms()),
          }[next.kind]();
          const allowed =
            next.kind === 'add' ? one.every((entry) => entry.quantity > 0) : line && wanted >= 0;
          if (allowed && wanted <= 9999) {
            const current = line?.price ?? products.get(next.productId)?.price.amount ?? NaN;
            if (wanted === 0) lines.delete(next.productId);
            else lines.set(next.productId, { quantity: wanted, price: current });
            version += 1;
          }
          expect(codes(outcome).length === 0).toBe(Boolean(allowed) && wanted <= 9999);
        }
        const [cart] = await operations.findCarts([id], terms());
        if (!cart) throw new Error('The cart is gone.');
        const all = [...lines.values()];
        const total = all.reduce((sum, line) => sum + BigInt(line.price) * BigInt(line.quantity), 0n);
        expect(cart.items.map((item) => item.productId)).toEqual([...lines.keys()]);
        expect(BigInt(totalAmount(cart).amount)).toBe(total);
        expect(itemCount(cart)).toBe(all.reduce((sum, line) => sum + line.quantity, 0));
        expect(cart.version).toBe(version);
      }
    }),
  );
});
