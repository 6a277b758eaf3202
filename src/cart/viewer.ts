/** Who may do what. Every decision about permission is made here. */
import type { Cart, CartStatus } from './cart.ts';
import type { CustomerId } from './ids.ts';

/** Who is asking. A guest has shown no identity: what it knows, a cart's random id, is what it may see. */
export type Viewer =
  | { readonly kind: 'staff' }
  | { readonly kind: 'customer'; readonly customerId: CustomerId }
  | { readonly kind: 'guest' };

/** The viewer lacks permission, whatever the state of any cart: FORBIDDEN in GraphQL, 403 in REST. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError';
}

/** Carts that are nobody's to see. */
const HIDDEN: ReadonlySet<CartStatus> = new Set(['DELETED', 'POINTER', 'MOVED']);

/** Whether the cart exists for this viewer. To everybody else the answer is that of a cart that does not exist. */
export function maySee(viewer: Viewer, cart: Cart): boolean {
  if (HIDDEN.has(cart.status)) return false;
  if (viewer.kind === 'staff' || cart.customerId === undefined) return true;
  return viewer.kind === 'customer' && viewer.customerId === cart.customerId;
}

/** @throws PermissionError unless the viewer is that customer or staff */
export function mustActFor(viewer: Viewer, customerId: CustomerId): void {
  if (viewer.kind === 'staff') return;
  if (viewer.kind === 'customer' && viewer.customerId === customerId) return;
  throw new PermissionError('Only the customer and staff may do this.');
}

/** @throws PermissionError unless the viewer is staff */
export function mustBeStaff(viewer: Viewer): void {
  if (viewer.kind !== 'staff') throw new PermissionError('Only staff may do this.');
}
