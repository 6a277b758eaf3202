/** Everything that can be done with carts, one function each; GraphQL and REST both stand on these. */
import type { Signal } from '../waiting/abortable.ts';
import type { PriceChange } from '../cart/cart-error.ts';
import { claimCart, createCart, deleteCart, isLive, type Cart } from '../cart/cart.ts';
import { changeCarts } from './change-carts.ts';
import type { ChangeDependencies, ChangeOutcome, Target } from './change.ts';
import type { Catalog } from '../stores/catalog.ts';
import { checkOut, findPriceChanges, refreshPrices } from '../cart/check-out.ts';
import { cartIdFromKey, type CartId, type CustomerId, type ProductId } from '../cart/ids.ts';
import { InputError } from '../cart/input-error.ts';
import { addItems, clearItems, removeItems, setQuantities, type ItemQuantity } from '../cart/items.ts';
import { mergeCarts, type MergeStrategy } from '../cart/merge.ts';
import type { CurrencyCode } from '../cart/money.ts';
import { UnreadableCart } from '../stores/unreadable-record.ts';
import { maySee, mustActFor, type Viewer } from '../cart/viewer.ts';

export interface OperationDependencies extends ChangeDependencies {
  readonly catalog: Catalog;
  /** A random lower-case UUID. */
  readonly newId: () => string;
  readonly currency: CurrencyCode;
}

/** Who is asking, and for how long an answer is of use. */
export interface Caller {
  readonly viewer: Viewer;
  readonly signal: Signal;
}

/** A caller's conditions for a change. */
export interface ChangeTerms extends Caller {
  readonly expectedVersion?: number | undefined;
  readonly idempotencyKey?: string | undefined;
}

export interface MergeInput {
  readonly sourceCartId: CartId;
  readonly targetCartId: CartId;
  readonly strategy: MergeStrategy;
  readonly expectedSourceVersion?: number | undefined;
  readonly expectedTargetVersion?: number | undefined;
}

export interface CheckOutInput {
  readonly cartId: CartId;
  /** Minor units. */
  readonly expectedTotal?: number | undefined;
  readonly acceptCartPrices: boolean;
}

export type CartOperations = ReturnType<typeof createCartOperations>;

/**
 * The changes resolve to a {@link ChangeOutcome}, also when they are refused. All functions throw PermissionError when
 * the viewer may not act for a customer, and whatever {@link changeCarts} and the stores throw.
 */
export function createCartOperations(deps: OperationDependencies) {
  const { carts, catalog } = deps;

  /** A change of one cart by a rule that needs nothing but the cart. */
  function changeOne(
    operation: string,
    cartId: CartId,
    args: Readonly<Record<string, unknown>>,
    terms: ChangeTerms,
    rule: (cart: Cart) => Cart | Promise<Cart>,
  ): Promise<ChangeOutcome> {
    const target: Target = { id: cartId, field: 'cartId', expectedVersion: terms.expectedVersion };
    return changeCarts(deps, {
      ...terms,
      operation,
      args: { cartId, ...args },
      targets: [target],
      apply: async ([cart]) => [await rule(cart as Cart)],
    });
  }

  /** The catalogue's answer for a cart's items. */
  function findProducts(cart: Cart, signal: Signal) {
    return catalog.findMany(
      cart.items.map((item) => item.productId),
      { signal },
    );
  }

  /** The catalogue's answer for an input's items, asked for while the cart is being loaded. */
  function findProductsOf(items: readonly ItemQuantity[], signal: Signal) {
    const products =
      items.length === 0
        ? Promise.resolve([])
        : catalog.findMany(
            items.map((item) => item.productId),
            { signal },
          );
    products.catch(() => undefined); // whoever awaits it sees the error; a refusal before that must not be unhandled
    return products;
  }

  /**
   * Positional; undefined where the viewer sees no cart. A guest's cart is read consistently before it is shown to
   * anybody but staff: a stale read could show a cart that has meanwhile been claimed.
   */
  async function findCarts(
    ids: readonly CartId[],
    { viewer, signal }: Caller,
  ): Promise<(Cart | undefined)[]> {
    const found = await carts.load(ids, { signal, consistent: viewer.kind === 'guest' });
    const doubtful =
      viewer.kind === 'customer'
        ? found.flatMap((cart) => (cart && cart.customerId === undefined ? [cart.id] : []))
        : [];
    const fresh = doubtful.length > 0 ? await carts.load(doubtful, { signal, consistent: true }) : [];
    const certain = new Map(doubtful.map((id, index) => [id, fresh[index]]));
    return found.map((stale) => {
      const cart = stale && certain.has(stale.id) ? certain.get(stale.id) : stale;
      return cart && isLive(cart, deps.clock()) && maySee(viewer, cart) ? cart : undefined;
    });
  }

  return {
    async createCart(
      {
        customerId,
        items = [],
      }: { customerId?: CustomerId | undefined; items?: readonly ItemQuantity[] | undefined },
      terms: Omit<ChangeTerms, 'expectedVersion'>,
    ): Promise<ChangeOutcome> {
      if (customerId !== undefined) mustActFor(terms.viewer, customerId);
      const { idempotencyKey } = terms;
      const id =
        idempotencyKey === undefined
          ? deps.newId()
          : cartIdFromKey(idempotencyKey, customerId, 'idempotencyKey');
      const products = findProductsOf(items, terms.signal);
      const create = createCart(id, customerId, deps.currency, deps.clock());
      return changeCarts(deps, {
        ...terms,
        operation: 'createCart',
        args: { customerId, items: pairs(items) },
        targets: [{ id, field: 'idempotencyKey', create }],
        apply: async ([cart]) => [addItems(cart as Cart, items, await products)],
      });
    },

    async addItems(
      cartId: CartId,
      items: readonly ItemQuantity[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const products = findProductsOf(items, terms.signal);
      return changeOne('addItems', cartId, { items: pairs(items) }, terms, async (cart) =>
        addItems(cart, items, await products),
      );
    },

    setQuantities(
      cartId: CartId,
      items: readonly ItemQuantity[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      return changeOne('setQuantities', cartId, { items: pairs(items) }, terms, (cart) =>
        setQuantities(cart, items),
      );
    },

    removeItems(
      cartId: CartId,
      productIds: readonly ProductId[],
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      return changeOne('removeItems', cartId, { productIds }, terms, (cart) => removeItems(cart, productIds));
    },

    clearCart(cartId: CartId, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne('clearCart', cartId, {}, terms, clearItems);
    },

    deleteCart(cartId: CartId, terms: ChangeTerms): Promise<ChangeOutcome> {
      return changeOne('deleteCart', cartId, {}, terms, deleteCart);
    },

    async claimCart(cartId: CartId, customerId: CustomerId, terms: ChangeTerms): Promise<ChangeOutcome> {
      mustActFor(terms.viewer, customerId);
      return changeOne('claimCart', cartId, { customerId }, terms, (cart) => claimCart(cart, customerId));
    },

    /** The outcome's carts are the target and the source, in this order. @throws InputError for a cart with itself */
    async mergeCarts(input: MergeInput, terms: Omit<ChangeTerms, 'expectedVersion'>): Promise<ChangeOutcome> {
      const { sourceCartId, targetCartId, strategy } = input;
      if (sourceCartId === targetCartId) {
        throw new InputError('sourceCartId', 'must be another cart than the target', sourceCartId);
      }
      return changeCarts(deps, {
        ...terms,
        operation: 'mergeCarts',
        args: { sourceCartId, targetCartId, strategy },
        targets: [
          {
            id: targetCartId,
            field: 'targetCartId',
            expectedVersion: input.expectedTargetVersion,
            versionField: 'expectedTargetVersion',
          },
          {
            id: sourceCartId,
            field: 'sourceCartId',
            expectedVersion: input.expectedSourceVersion,
            versionField: 'expectedSourceVersion',
          },
        ],
        apply: ([target, source]) => {
          const merged = mergeCarts(source as Cart, target as Cart, strategy);
          return [merged.target, merged.source];
        },
      });
    },

    /** `priceChanges` is what the change did, and the items no longer sold; empty for a replay. */
    async refreshPrices(
      cartId: CartId,
      terms: ChangeTerms,
    ): Promise<ChangeOutcome & { priceChanges: PriceChange[] }> {
      let priceChanges: PriceChange[] = [];
      const outcome = await changeOne('refreshPrices', cartId, {}, terms, async (cart) => {
        const products = await findProducts(cart, terms.signal);
        priceChanges = findPriceChanges(cart, products);
        return refreshPrices(cart, products);
      });
      const made = outcome.problems.length === 0 && !outcome.replayed;
      return { ...outcome, priceChanges: made ? priceChanges : [] };
    },

    checkOut(
      { cartId, expectedTotal, acceptCartPrices }: CheckOutInput,
      terms: ChangeTerms,
    ): Promise<ChangeOutcome> {
      const orderId = deps.newId();
      return changeOne('checkOut', cartId, { expectedTotal, acceptCartPrices }, terms, async (cart) =>
        checkOut(cart, {
          orderId,
          ...(expectedTotal !== undefined && { expectedTotal }),
          ...(!acceptCartPrices && { products: await findProducts(cart, terms.signal) }),
        }),
      );
    },

    findCarts,

    /**
     * Like findCarts, but a cart that cannot be read is an error in its own place only.
     */
    async findEachCart(ids: readonly CartId[], caller: Caller): Promise<(Cart | Error | undefined)[]> {
      try {
        return await findCarts(ids, caller);
      } catch (error) {
        if (!(error instanceof UnreadableCart) || ids.length === 1) throw error;
        const each = await Promise.allSettled(ids.map((id) => findCarts([id], caller)));
        return each.map((one) => (one.status === 'fulfilled' ? one.value[0] : (one.reason as Error)));
      }
    },

    /** Newest first. */
    async listCarts(
      customerId: CustomerId,
      page: Parameters<typeof carts.listByCustomer>[1],
      { viewer, signal }: Caller,
    ) {
      mustActFor(viewer, customerId);
      return carts.listByCustomer(customerId, page, { signal });
    },
  };
}

/** Items as a fingerprint takes them: the same whatever the order of an entry's properties, and without any others. */
function pairs(items: readonly ItemQuantity[]): (readonly [ProductId, number])[] {
  return items.map(({ productId, quantity }) => [productId, quantity]);
}
