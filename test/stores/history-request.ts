/** A step becomes a request: the same for every store, made of what the history has seen so far. */
import type { CartOperations, ChangeTerms } from '../../src/changes/cart-operations.ts';
import { isLive, totalAmount, type Cart, type CartItem } from '../../src/cart/cart.ts';
import type { CustomerId } from '../../src/cart/ids.ts';
import { itemId } from '../../src/cart/item-key.ts';
import type { ItemQuantity } from '../../src/cart/items.ts';
import { formatAmount } from '../../src/cart/money.ts';
import { cartCursor, parseCartCursor, type Page } from '../../src/cart/page.ts';
import type { Viewer } from '../../src/cart/viewer.ts';
import type { Step, StepKind } from './history-step.ts';

export interface Request {
  /** Operation, arguments and terms, to be printed. */
  readonly text: string;
  /** The cart that it is about, if it is about one. */
  readonly cartId?: string;
  readonly send: (operations: CartOperations) => Promise<unknown>;
}

/** What a history knows when it makes its next request. */
export interface Memory {
  readonly customers: readonly [CustomerId, CustomerId];
  /** The ids of the carts, newest first. */
  readonly ids: string[];
  /** The carts as they were last seen. */
  readonly carts: Map<string, Cart>;
  /** Requests with an idempotency key. */
  readonly keyed: Request[];
  /** Where the next page of a customer's carts begins. */
  readonly cursors: Map<CustomerId, string>;
  /** A UUID, the same for the same name and history. */
  readonly uuid: (name: string) => string;
}

/** Undefined for a step that does nothing. */
export function makeRequest(step: Step, memory: Memory, now: number): Request | undefined {
  if (step.kind === 'nothing') return undefined;
  if (step.kind === 'replay') return memory.keyed.at(-1 - step.cart.at);
  const given = resolve(step, memory, now);
  // Without a cart to change there is nothing to do but to create one.
  const kind = given.hasCart || step.kind === 'list' || step.kind === 'open' ? step.kind : 'create';
  const { args, send } = makers[kind](given);
  const { viewer, idempotencyKey, expectedVersion } = given.terms;
  const text = `${kind} ${JSON.stringify({ ...args, viewer, idempotencyKey, expectedVersion })}`;
  const request = { text, cartId: given.cartId, send };
  if (idempotencyKey !== undefined) memory.keyed.push(request);
  return request;
}

/** The step with everything named that it leaves to its history. */
type Resolved = ReturnType<typeof resolve>;

function resolve(step: Step, memory: Memory, now: number) {
  const versionOf = (id: string) => {
    const version = memory.carts.get(id)?.version ?? 1;
    return { none: undefined, current: version, stale: version - 1 }[step.expected];
  };
  const chosen = choose(step.cart, memory, now);
  const cartId = chosen ?? memory.uuid('no cart');
  const otherId = choose(step.other, memory, now) ?? memory.uuid('no cart');
  const cart = memory.carts.get(cartId);
  const terms: ChangeTerms = {
    viewer: viewerOf(step, memory),
    signal: new AbortController().signal,
    idempotencyKey: step.key === undefined ? undefined : memory.uuid(`key ${step.key}`),
    expectedVersion: versionOf(cartId),
  };
  const customerId = step.customer === undefined ? undefined : memory.customers[step.customer];
  const total = cart ? totalAmount(cart).amount : 0;
  const decimal = (amount: number) => formatAmount(amount, 'USD');
  return {
    ...step,
    cartId,
    hasCart: chosen !== undefined,
    otherId,
    terms,
    expectedOtherVersion: versionOf(otherId),
    customerId,
    someCustomerId: customerId ?? memory.customers[0],
    itemsThere: step.goOn ? ofCart(step, cart) : step.items.map(byProduct),
    expectedTotal: { none: undefined, right: decimal(total), wrong: decimal(total + 1) }[step.total],
    memory,
  };
}

/** The id of a cart as the step wants it; undefined when there is none. */
function choose({ at, among }: Step['cart'], { ids, carts, uuid }: Memory, now: number): string | undefined {
  const isActive = (id: string) => {
    const cart = carts.get(id);
    return cart?.status === 'ACTIVE' && isLive(cart, now);
  };
  const candidates = { active: ids.filter(isActive), all: ids, none: [uuid('no cart')] }[among];
  return candidates[at % Math.max(1, candidates.length)];
}

/** As many of the quantities as the cart has items, for these items. */
function ofCart({ items, byId }: Step, cart: Cart | undefined): ItemQuantity[] {
  const there = cart?.items ?? [];
  if (!cart || there.length === 0) return items.map(byProduct);
  return items.slice(0, there.length).map(({ quantity }, index): ItemQuantity => {
    const item = there[index] as CartItem;
    return byId ? { itemId: itemId(cart.id, item), quantity } : { productId: item.productId, quantity };
  });
}

function byProduct({ productId, quantity }: Step['items'][number]): ItemQuantity {
  return { productId, quantity };
}

function viewerOf({ viewer }: Step, { customers }: Memory): Viewer {
  return typeof viewer === 'number' ? { kind: 'customer', customerId: customers[viewer] } : { kind: viewer };
}

type Maker = (given: Resolved) => { args: object; send: Request['send'] };

const makers: Record<Exclude<StepKind, 'nothing' | 'replay'>, Maker> = {
  create({ customerId, items, goOn, note, attributes, terms }) {
    const args = { customerId, note, attributes, ...(goOn && { items }) };
    return { args, send: (operations) => operations.createCart(args, terms) };
  },
  add: ({ cartId, items, terms }) => ({
    args: { cartId, items },
    send: (operations) => operations.addItems(cartId, items, terms),
  }),
  replace: ({ cartId, items, terms }) => ({
    args: { cartId, items },
    send: (operations) => operations.replaceItems(cartId, items, terms),
  }),
  update: ({ cartId, note, attributes, terms }) => ({
    args: { cartId, note, attributes },
    send: (operations) => operations.updateCart(cartId, { note, attributes }, terms),
  }),
  set: ({ cartId, itemsThere: items, terms }) => ({
    args: { cartId, items },
    send: (operations) => operations.setQuantities(cartId, items, terms),
  }),
  remove({ cartId, itemsThere, terms }) {
    const items = itemsThere.map(({ quantity: _quantity, ...reference }) => reference);
    return {
      args: { cartId, items },
      send: (operations) => operations.removeItems(cartId, items, terms),
    };
  },
  clear: ({ cartId, terms }) => ({
    args: { cartId },
    send: (operations) => operations.clearCart(cartId, terms),
  }),
  delete: ({ cartId, terms }) => ({
    args: { cartId },
    send: (operations) => operations.deleteCart(cartId, terms),
  }),
  claim: ({ cartId, someCustomerId, terms }) => ({
    args: { cartId, customerId: someCustomerId },
    send: (operations) => operations.claimCart(cartId, someCustomerId, terms),
  }),
  merge({ cartId, otherId, strategy, terms, expectedOtherVersion }) {
    const args = {
      sourceCartId: cartId,
      targetCartId: otherId,
      strategy,
      expectedSourceVersion: terms.expectedVersion,
      expectedTargetVersion: expectedOtherVersion,
    };
    return { args, send: (operations) => operations.mergeCarts(args, terms) };
  },
  open({ cartId, goOn, strategy, someCustomerId, terms: { expectedVersion: _, ...terms } }) {
    const args = { customerId: someCustomerId, strategy, guestCartId: goOn ? cartId : undefined };
    return { args, send: (operations) => operations.openCart(args, terms) };
  },
  refresh: ({ cartId, terms }) => ({
    args: { cartId },
    send: (operations) => operations.refreshPrices(cartId, terms),
  }),
  checkOut({ cartId, expectedTotal, acceptCartPrices, terms }) {
    const args = { cartId, expectedTotal, acceptCartPrices };
    return { args, send: (operations) => operations.checkOut(args, terms) };
  },
  find: ({ cartId, otherId, terms }) => ({
    args: { ids: [cartId, otherId, cartId] },
    send: (operations) => operations.findCarts([cartId, otherId, cartId], terms),
  }),
  list({ someCustomerId, first, status, goOn, terms, memory }) {
    const cursor = goOn ? memory.cursors.get(someCustomerId) : undefined;
    const page = {
      first,
      ...(status && { status }),
      ...(cursor !== undefined && { after: parseCartCursor(cursor, 'after') }),
    };
    return {
      args: { customerId: someCustomerId, ...page },
      send: async (operations) => {
        const answer = pageAnswer(await operations.listCarts(someCustomerId, page, terms));
        if (answer.endCursor !== undefined) memory.cursors.set(someCustomerId, answer.endCursor);
        return answer;
      },
    };
  },
};

/** A page as a client sees it: with the cursors of its entries and of its end. */
export function pageAnswer({ entries, hasNextPage, resumeAfter }: Page<Cart>) {
  const end = resumeAfter ?? entries.at(-1);
  return { entries, cursors: entries.map(cartCursor), hasNextPage, endCursor: end && cartCursor(end) };
}
