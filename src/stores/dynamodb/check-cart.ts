/** What must be so of a cart's attributes taken together, as the checks of PostgreSQL's tables have it. */
import type { Cart } from '../../cart/cart.ts';
import { identityOf } from '../../cart/item-key.ts';
import { unreadable, type Source } from './record-reader.ts';
import { CUSTOMER_REF, INDEX_KEY } from './tables.ts';

/**
 * @param source what the cart was read from
 * @throws UnreadableItem
 */
export function checkCart(cart: Cart, source: Source): void {
  const wrong = whatIsWrong(cart) ?? whatIsWrongInIndex(cart, source) ?? whatIsWrongWithItems(cart);
  if (wrong) throw unreadable(source, ...wrong);
}

type Wrong = [name: string, expectation: string] | undefined;

/** A marker is what the cart is that it keeps; one without a cart has nothing of a cart, and lasts as long as it shall. */
function whatIsWrong(cart: Cart): Wrong {
  const { customerId, createdAt, updatedAt, movedStatus, movedVersion, status: ownStatus } = cart;
  const isMoved = ownStatus === 'MOVED';
  if ((movedStatus === undefined) !== (movedVersion === undefined) || movedStatus === 'MOVED')
    return ['moved_status', 'that of a cart, and there if and only if moved_version is'];
  if (movedStatus !== undefined && !isMoved) return ['moved_status', 'absent unless the cart is MOVED'];
  const status = movedStatus ?? ownStatus;
  const isEndless = status === 'CHECKED_OUT' || status === 'POINTER';
  if (status !== 'MOVED' && (cart.expiresAt === undefined) !== isEndless)
    return ['expiration_time', `${isEndless ? 'absent' : 'there'} in a cart that is ${status}`];
  if ((cart.orderId !== undefined) !== (status === 'CHECKED_OUT'))
    return ['order_id', 'there if and only if the cart is CHECKED_OUT'];
  if ((cart.mergedIntoCartId !== undefined) !== (status === 'MERGED'))
    return ['merged_into_cart_id', 'there if and only if the cart is MERGED'];
  if (cart.activeCartId !== undefined && status !== 'POINTER')
    return ['active_cart_id', 'absent unless the cart is a POINTER'];
  if (customerId !== undefined && (status === 'DELETED' || status === 'POINTER'))
    return ['customer_id', `absent in a cart that is ${status}`];
  return updatedAt < createdAt ? ['updated_at', 'no earlier than created_at'] : undefined;
}

/** Whether the attributes of the index are the cart's own: no page could go on behind a cart that stands elsewhere in it. */
function whatIsWrongInIndex({ id, customerId }: Cart, { record }: Source): Wrong {
  const { [INDEX_KEY]: key, [CUSTOMER_REF]: ref, created_at: createdAt } = record;
  if (customerId === undefined)
    return ref === undefined ? undefined : [CUSTOMER_REF, 'absent without customer_id'];
  const isOwn = key === undefined || key === `${createdAt as string}#${id}`;
  return isOwn ? undefined : [INDEX_KEY, 'created_at, #, and cart_id'];
}

function whatIsWrongWithItems({ items }: Cart): Wrong {
  if (items.length < 2) return undefined;
  const seen = new Set<string>();
  for (const item of items) seen.add(identityOf(item));
  return seen.size === items.length ? undefined : ['items', 'a list of different items'];
}
