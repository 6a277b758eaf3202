/** What a customer's lists must show while carts move: each cart once, and every cart that was surely claimed. */
import type { CartId } from '../../../src/cart/ids.ts';
import type { CartCall, Sent } from '../cart-calls.ts';

export function createListCheck() {
  const claimed = new Set<CartId>();
  const perhapsClaimed = new Set<CartId>();
  const perhapsGone = new Set<CartId>();
  return {
    /** Sends a call of the history, and takes note of what it does to the lists. */
    async watch(call: CartCall, send: () => Promise<Sent>): Promise<Sent> {
      if (call.do === 'claim' || call.do === 'merge') perhapsClaimed.add(call.cart);
      // What is merged into a customer's cart becomes the customer's too.
      if (call.do === 'merge') perhapsClaimed.add(call.source);
      if (call.do === 'delete') perhapsGone.add(call.cart);
      const sent = await send();
      if (call.do === 'claim' && sent.kind === 'answered' && sent.answer.codes?.length === 0)
        claimed.add(call.cart);
      return sent;
    },
    /** Before a list is asked for. @returns what is wrong with the list */
    begin() {
      const expected = [...claimed];
      return (ids: readonly CartId[]): string[] => [
        ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `listed twice: ${id}`),
        ...ids.filter((id) => !perhapsClaimed.has(id)).map((id) => `listed, and never claimed: ${id}`),
        ...expected
          .filter((id) => !perhapsGone.has(id) && !ids.includes(id))
          .map((id) => `claimed, and not listed: ${id}`),
      ];
    },
  };
}
