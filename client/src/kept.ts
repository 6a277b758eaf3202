/** What a page keeps between visits and shares with its other tabs: which cart the guest has. */

/** As much of `localStorage` as is used. */
export interface CartStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** As much of a `BroadcastChannel` as is used. */
export interface CartChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  close?(): void;
}

export interface Kept {
  /** Of a guest's cart: a customer's is found by the token. */
  readonly cartId?: string;
  /** Of a cart that is being opened: tabs that open one at the same moment open the same one. */
  readonly key?: string;
  /** Of the last change, so that tabs without a channel hear of it by the event of the storage. */
  readonly change?: string;
}

export type KeptCart = ReturnType<typeof createKeptCart>;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What another version, or another program under the same name, has kept must not be sent for ever. */
function checked(value: unknown): Kept {
  const { cartId, key, change } = (value ?? {}) as { readonly [Name in keyof Kept]: unknown };
  return {
    ...(typeof cartId === 'string' && UUID.test(cartId) && { cartId }),
    ...(typeof key === 'string' && { key }),
    ...(typeof change === 'string' && { change }),
  };
}

interface KeptOptions {
  readonly name: string;
  readonly storage: CartStorage | undefined;
  readonly channel: CartChannel | undefined;
  /** Another tab has changed, opened or left a cart. @param change as {@link Kept} has it */
  readonly onChange: (change: string | undefined) => void;
}

export function createKeptCart({ name, storage, channel, onChange }: KeptOptions) {
  // Where there is no storage, or it is full or forbidden, the page itself remembers.
  let memory: Kept = {};
  /** Whether the storage has not taken what was last kept, and knows less than the page. */
  let isAhead = false;

  function read(): Kept {
    try {
      const text = storage?.getItem(name);
      if (text && !isAhead) memory = checked(JSON.parse(text));
    } catch {
      // Forbidden, or not ours: what was known stays.
    }
    return memory;
  }

  function write(kept: Kept): void {
    memory = kept;
    try {
      storage?.setItem(name, JSON.stringify(kept));
      isAhead = false;
    } catch {
      isAhead = true;
    }
  }

  const heard = ({ key, newValue }: { key?: string | null; newValue?: string | null }) => {
    // Null: everything was cleared.
    if (key !== name && key !== null) return;
    if (!newValue) memory = {};
    onChange(read().change);
  };
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  if (storage) target.addEventListener?.('storage', heard as EventListener);
  channel?.addEventListener('message', ({ data }) => {
    onChange(typeof data === 'string' ? data : undefined);
  });

  return {
    read,
    /** @param more what changes; undefined takes it away */
    update(more: { [Name in keyof Kept]: Kept[Name] | undefined }): void {
      write(checked({ ...read(), ...more }));
    },
    /** Tells the other tabs. */
    announce(change: string): void {
      write({ ...read(), change });
      channel?.postMessage(change);
    },
    close(): void {
      target.removeEventListener?.('storage', heard as EventListener);
      channel?.close?.();
      // What ends later must not fail for want of it.
      channel = undefined;
    },
  };
}
