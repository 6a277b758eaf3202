/** A customer's carts, out of two stores. */
import type { Cart, Timestamp } from '../../cart/cart.ts';
import type { CartId, CustomerId } from '../../cart/ids.ts';
import { isMarker, liveCart } from '../../cart/moved.ts';
import type { CartPageRequest, CartPosition, Page } from '../../cart/page.ts';
import type { StoreOptions } from '../cart-store.ts';
import type { Pair } from './locate.ts';

/** Pages of both stores for one page; then it is left short, and says where to go on. */
const MOST_ROUNDS = 10;

export interface ListDependencies {
  readonly pair: Pair;
  readonly clock: () => Timestamp;
  /** As the carts are now, wherever. */
  loadNow(ids: readonly CartId[], options: StoreOptions): Promise<(Cart | undefined)[]>;
}

/**
 * Newest first. A cart that was ever in a store is in its page as a cart or as a marker, for as long as it lives there, so no cart is missed
 * however it moves meanwhile; and what is a marker, or in both pages, is looked up, so none counts twice.
 */
export async function listFromBoth(
  deps: ListDependencies,
  customerId: CustomerId,
  { first, after, status }: CartPageRequest,
  options: StoreOptions,
): Promise<Page<Cart>> {
  const found: Cart[] = [];
  let position = after;
  for (let round = 1; ; round += 1) {
    // One more than the page has: whether there is a further one.
    const asked = { first: first + 1, ...(position && { after: position }), ...(status && { status }) };
    const { candidates, end } = await readPages(deps.pair, customerId, asked, options);
    const shown = await resolve(deps, candidates, options);
    found.push(...shown.filter((cart) => cart.customerId === customerId && isWanted(cart, status)));
    if (found.length > first) return { entries: found.slice(0, first), hasNextPage: true };
    if (!end) return { entries: found, hasNextPage: false };
    if (round === MOST_ROUNDS) return { entries: found, hasNextPage: true, resumeAfter: end };
    position = end;
  }
}

function isWanted(cart: Cart, status: Cart['status'] | undefined): boolean {
  return status === undefined || cart.status === status;
}

interface Candidate {
  readonly record: Cart;
  /** Whether the page alone says what the cart is: it is in one store only, and no marker. */
  readonly sure: boolean;
}

/** What both stores have up to the end of the page that ends first; no end where both have ended. */
async function readPages(
  pair: Pair,
  customerId: CustomerId,
  page: CartPageRequest,
  options: StoreOptions,
): Promise<{ readonly candidates: readonly Candidate[]; readonly end: CartPosition | undefined }> {
  const read = { ...options, markers: true };
  const pages = await Promise.all([
    pair.target.listByCustomer(customerId, page, read),
    pair.source.listByCustomer(customerId, page, read),
  ]);
  const ends = pages.flatMap(({ entries, hasNextPage, resumeAfter }) =>
    hasNextPage ? (resumeAfter ?? entries.at(-1) ?? []) : [],
  );
  const [last] = ends.sort(newestFirst);
  const end = last && { createdAt: last.createdAt, id: last.id };
  const candidates = new Map<CartId, Candidate>();
  for (const record of pages.flatMap(({ entries }) => entries)) {
    if (end && newestFirst(record, end) > 0) continue;
    candidates.set(record.id, { record, sure: !isMarker(record) && !candidates.has(record.id) });
  }
  return { candidates: [...candidates.values()].sort((a, b) => newestFirst(a.record, b.record)), end };
}

/** The carts themselves, those that are there. */
async function resolve(
  { loadNow, clock }: ListDependencies,
  candidates: readonly Candidate[],
  options: StoreOptions,
): Promise<Cart[]> {
  const ids = candidates.flatMap(({ record, sure }) => (sure ? [] : [record.id]));
  const carts = ids.length > 0 ? await loadNow(ids, options) : [];
  const now = clock();
  return candidates.flatMap(({ record, sure }) => {
    const cart = liveCart(sure ? record : carts[ids.indexOf(record.id)], now);
    // Under the id of one that has expired another cart may stand, at another place of the list.
    return cart && cart.createdAt === record.createdAt ? [cart] : [];
  });
}

/** Negative where the first of the two stands before the second one. */
function newestFirst(a: CartPosition, b: CartPosition): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
