/** Many devices that ask for the one active cart at the same moment. */
import { describe, expect, it } from 'vitest';
import { item } from '../support/carts.ts';
import { customer, madeCart, openOperations, terms } from '../support/open-operations.ts';

const mine = () => terms({ viewer: customer('auth0|ada') });

describe('50 devices at once, on two instances of the service', () => {
  it('get one cart', async () => {
    const first = openOperations();
    const second = openOperations(() => first.reference);
    const guestCarts = await Promise.all(
      Array.from({ length: 5 }, () => first.created({ items: [item(1)] })),
    );
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? first : second).operations.openCart(
          { strategy: 'SUM', guestCartId: guestCarts[index]?.id },
          mine(),
        ),
      ),
    );
    const ids = new Set(outcomes.map((outcome) => madeCart(outcome).id));
    expect(ids.size).toBe(1);
    expect((await first.operations.findActiveCart('auth0|ada', mine()))?.items).toEqual([item(1, 5)]);
  });
});
