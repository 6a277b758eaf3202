/** A call of a history, made in this process. */
import type { Cart } from '../../src/cart/cart.ts';
import type { CartOperations } from '../../src/changes/cart-operations.ts';
import type { ChangeOutcome } from '../../src/changes/change.ts';
import { UnknownOutcome } from '../../src/changes/unknown-outcome.ts';
import { staff } from '../support/open-operations.ts';
import type { CartAnswer, CartCall, Sent } from './cart-calls.ts';
import { viewOf } from './cart-model.ts';

/** An outcome that is not known is open, as is one that came too late; any other fault says that the change was not made, as docs/errors.md has it. */
export async function askOperations(
  operations: CartOperations,
  call: CartCall,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    return { kind: 'answered', answer: await answerOf(operations, call, signal) };
  } catch (error) {
    if (error instanceof UnknownOutcome || error === signal.reason) return { kind: 'open' };
    return { kind: 'failed', code: String(error) };
  }
}

async function answerOf(
  operations: CartOperations,
  call: CartCall,
  signal: AbortSignal,
): Promise<CartAnswer> {
  const caller = { viewer: staff, signal };
  if (call.do === 'read') {
    const [cart] = await operations.findCarts([call.cart], caller);
    return { cart: shown(cart) };
  }
  const { carts, problems } = await change(operations, call, {
    ...caller,
    expectedVersion: call.version,
    idempotencyKey: call.key,
  });
  const codes = problems.map(({ code }) => code);
  if (call.do === 'delete' && codes.length === 0) return { codes };
  return { codes, cart: shown(carts[0]), ...(call.do === 'merge' && { source: shown(carts[1]) }) };
}

const shown = (cart: Cart | undefined) => (cart ? viewOf(cart) : null);

type Terms = Parameters<CartOperations['clearCart']>[1];

function change(
  operations: CartOperations,
  call: Exclude<CartCall, { do: 'read' }>,
  terms: Terms,
): Promise<ChangeOutcome> {
  switch (call.do) {
    case 'create':
      return operations.createCart({ items: call.lines }, terms);
    case 'add':
      return operations.addItems(call.cart, call.lines, terms);
    case 'set':
      return operations.setQuantities(call.cart, call.lines, terms);
    case 'replace':
      return operations.replaceItems(call.cart, call.lines, terms);
    case 'remove':
      return operations.removeItems(
        call.cart,
        call.productIds.map((productId) => ({ productId })),
        terms,
      );
    case 'note':
      return operations.updateCart(call.cart, { note: call.note }, terms);
    case 'clear':
      return operations.clearCart(call.cart, terms);
    case 'delete':
      return operations.deleteCart(call.cart, terms);
    case 'claim':
      return operations.claimCart(call.cart, call.customer, terms);
    case 'checkOut':
      return operations.checkOut({ cartId: call.cart, acceptCartPrices: true }, terms);
    case 'merge':
      return operations.mergeCarts(
        {
          sourceCartId: call.source,
          targetCartId: call.cart,
          strategy: call.strategy,
          expectedTargetVersion: call.version,
        },
        terms,
      );
  }
}
