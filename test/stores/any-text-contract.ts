/** Ids, notes and attributes of any form, as part of the contract. */
import { expect, it } from 'vitest';
import type { Cart } from '../../src/cart/cart.ts';
import { changed, item } from '../support/carts.ts';
import type { StoreTest } from '../support/store-test.ts';

export function testAnyText(test: StoreTest): void {
  it('keeps ids, notes and attributes of any form apart, and each as it is', async () => {
    const attributes = [
      { key: '$1', value: '' },
      { key: '__proto__', value: '{"a":[1]}' },
      { key: `k'; --`, value: '€ 漢字 🛒 e\u0301 \\ "' },
    ];
    const ids = [
      '7',
      '007',
      '9007199254740991',
      '9007199254740992',
      'auth0|65f1',
      `a'b"c\\{}%_,`,
      'gid://shop/1',
    ];
    const items = ids.flatMap((id) => [item(id), item(id, 2, attributes), item(id, 3, attributes.slice(1))]);
    const carts = await Promise.all(
      [...ids, '~', 'x'.repeat(128)].map((customerId) =>
        test.created({ customerId, items, note: 'two\nlines of "text"', attributes }),
      ),
    );
    for (const cart of carts) {
      expect(await test.loaded(cart.id)).toEqual(cart);
      const page = await test.carts.listByCustomer(cart.customerId ?? '', { first: 10 });
      expect(page).toEqual({ entries: [cart], hasNextPage: false });
    }
    const [cart] = carts as [Cart];
    const { note: _note, attributes: _attributes, ...silent } = cart;
    const after = changed(silent, test.now, {
      items: [item('7', 2, attributes), item('007'), item('7'), item('7', 9, attributes.slice(1))],
    });
    await test.carts.commit([{ before: cart, after }]);
    expect(await test.loaded(cart.id)).toEqual(after);
  });
}
