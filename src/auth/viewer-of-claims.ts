import type { JWTPayload } from 'jose';
import { parseCustomerId } from '../cart/ids.ts';
import type { Viewer } from '../cart/viewer.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** The scope that makes a token one of the staff's. */
export const STAFF_SCOPE = 'carts:admin';

/**
 * Whom the claims of a verified token name.
 * @param customerClaim the claim that holds the customer's id, as a number or as text
 * @throws Unauthenticated when the token is neither the staff's nor names a customer
 */
export function viewerOfClaims(claims: JWTPayload, customerClaim: string): Viewer {
  if (scopesOf(claims).includes(STAFF_SCOPE)) return { kind: 'staff' };
  const claim = Object.hasOwn(claims, customerClaim) ? claims[customerClaim] : undefined;
  const text = Number.isSafeInteger(claim) ? String(claim) : claim;
  if (typeof text !== 'string') throw new Unauthenticated('The token names no customer.');
  try {
    return { kind: 'customer', customerId: parseCustomerId(text, customerClaim) };
  } catch {
    throw new Unauthenticated(
      'The customer that the token names must be a whole number from 1 on, or text of 1 to 128 visible ASCII characters.',
    );
  }
}

/** `scope` is a text with spaces (RFC 8693); some issuers send a list, and some call it `scp`. */
function scopesOf({ scope, scp }: JWTPayload): unknown[] {
  return [scope, scp].flatMap((scopes: unknown) => {
    if (typeof scopes === 'string') return scopes.split(' ');
    return Array.isArray(scopes) ? (scopes as unknown[]) : [];
  });
}
