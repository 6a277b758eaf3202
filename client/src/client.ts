/** One cart per shopper, in a page. */
import { createCartState, type CartSnapshot } from './cart-state.ts';
import { createChanges } from './changes.ts';
import * as op from './generated/operations.ts';
import { createKeptCart } from './kept.ts';
import { createOpening, toRead } from './opening.ts';
import { createOperations } from './operations.ts';
import { timer, toSettings, type CartClientOptions } from './options.ts';
import { persist } from './persist.ts';
import type { TypedDocument } from './typed-document.ts';
import type { Cart, ChangeResult, PriceChange, ReadResult } from './types.ts';

export type CartClient = ReturnType<typeof createCartClient>;

/**
 * Changes go out one after the other, in the order they were asked for, each with an idempotency key of its own, and are shown at
 * once. None of the functions throws for anything that network or service do: what became of it is in the result.
 */
export function createCartClient(options: CartClientOptions) {
  const settings = toSettings(options);
  const state = createCartState();
  const kept = createKeptCart({ ...settings, onChange: hear });
  const opening = createOpening(settings, state, kept);
  const changes = createChanges(settings, state, kept, opening);
  let loading: Promise<ReadResult<Cart | undefined>> | undefined;
  let next: typeof loading;
  let lastHeard: string | undefined;

  /** Another tab has done something. A page that has not asked for its cart yet need not know. */
  function hear(heard: string | undefined): void {
    const cart = state.confirmed();
    const [id, version] = heard?.split(' ') ?? [];
    if (!state.getSnapshot().loaded || (cart && cart.id === id && cart.version >= Number(version))) return;
    // A channel and the storage both tell of it.
    if (heard === lastHeard) return;
    lastHeard = heard;
    void load();
  }

  /** Who asks while an answer is awaited gets the next one, which begins after they asked. */
  function load(): Promise<ReadResult<Cart | undefined>> {
    if (!loading) return (loading = opening.load().finally(() => (loading = undefined)));
    const then = () => {
      next = undefined;
      return load();
    };
    return (next ??= loading.then(then, then));
  }

  function query<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables: Variables,
  ): Promise<ReadResult<Data>> {
    return persist(settings, settings, document, variables, timer(settings)).then((settled) =>
      toRead(settled),
    );
  }

  return {
    /** For `useSyncExternalStore` and its like. @returns ends it */
    subscribe: state.subscribe,
    getSnapshot: (): CartSnapshot => state.getSnapshot(),

    /**
     * Finds the shopper's cart, and makes none: for the begin of a page, and after signing in or out. A guest's cart goes to
     * whoever has signed in, merged into the one they had.
     */
    load,

    /** As {@link load}, and makes a cart where there is none. Adding to no cart does this by itself. */
    openCart: (strategy: op.MergeStrategy = 'SUM'): Promise<ChangeResult> => changes.open(strategy),

    ...createOperations(changes),

    /** Items whose price in the catalogue is another by now; none where there is no cart, or the catalogue cannot be asked. */
    async priceChanges(): Promise<ReadResult<readonly PriceChange[]>> {
      const id = state.confirmed()?.id;
      if (id === undefined) return { ok: true, kind: 'ok', data: [] };
      const result = await query(op.PriceChangesDocument, { id });
      return result.ok ? { ...result, data: result.data.cart?.priceChanges ?? [] } : result;
    },

    /** Asks anything else, with the same token and patience. */
    query,

    /** Takes a cart that came another way: with the page, or by another client. An older one changes nothing. */
    learn: (cart: Cart): void => {
      if (state.getSnapshot().loaded) state.learn(cart);
      else state.adopt(cart);
    },

    /**
     * Lets go of the cart, here and in the browser's other tabs, and of changes that wait here: for signing out on a machine that
     * others use. What was asked for by the one goes into no cart of the other.
     */
    forget(): void {
      kept.update({ cartId: undefined, key: undefined });
      state.forget();
      kept.announce(settings.newKey());
    },

    /** Ends listening to other tabs. */
    close: (): void => {
      kept.close();
    },
  };
}
