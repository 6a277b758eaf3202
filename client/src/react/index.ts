/** Hooks: what a component shows is the snapshot, what it does are the client's functions. */
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { CartSnapshot } from '../cart-state.ts';
import type { CartClient } from '../client.ts';

const Context = createContext<CartClient | undefined>(undefined);

export interface CartProviderProps {
  readonly client: CartClient;
  readonly children?: ReactNode;
}

/** Finds the shopper's cart once it is there, and again once the network is back: nothing was heard in between. */
export function CartProvider({ client, children }: CartProviderProps) {
  useEffect(() => {
    const find = () => void client.load();
    find();
    addEventListener('online', find);
    return () => {
      removeEventListener('online', find);
    };
  }, [client]);
  return createElement(Context.Provider, { value: client }, children);
}

/** @throws Error outside of a {@link CartProvider} */
export function useCartClient(): CartClient {
  const client = useContext(Context);
  if (!client) throw new Error('useCartClient: there is no <CartProvider client={…}> around this component.');
  return client;
}

/** The cart as it is to be shown, and how many changes are on their way. */
export function useCart(): CartSnapshot {
  const client = useCartClient();
  return useSyncExternalStore(client.subscribe, client.getSnapshot, client.getSnapshot);
}

/**
 * One action of a component: `[run, result, pending]`. The result is that of the last run that has ended.
 *
 *     const [checkOut, result, pending] = useCartAction((client) => client.checkOut({ expectedTotal }));
 */
export function useCartAction<Args extends readonly unknown[], Result>(
  action: (client: CartClient, ...args: Args) => Promise<Result>,
): readonly [run: (...args: Args) => Promise<Result>, result: Result | undefined, pending: boolean] {
  const client = useCartClient();
  const [result, setResult] = useState<Result>();
  const [running, setRunning] = useState(0);
  const run = useCallback(
    async (...args: Args) => {
      setRunning((count) => count + 1);
      try {
        const ended = await action(client, ...args);
        setResult(() => ended);
        return ended;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [client, action],
  );
  return [run, result, running > 0];
}
