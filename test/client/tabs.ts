/** Browsers for tests: a storage and a channel that their tabs share. */
import type { CartChannel, CartStorage } from '../../client/src/index.ts';
import { createCartClient, type CartClient, type CartClientOptions } from '../../client/src/index.ts';

type Listener = (event: { data: unknown }) => void;

export interface FakeBrowser {
  readonly kept: Map<string, string>;
  /** Another tab. */
  open(options: Omit<CartClientOptions, 'storage' | 'channel'>): CartClient;
}

/** What a tab tells the others arrives once the one that tells it has come to its next pause, as in browsers. */
export function openBrowser(): FakeBrowser {
  const kept = new Map<string, string>();
  const tabs = new Set<Set<Listener>>();
  const storage: CartStorage = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
  };

  function openChannel(): CartChannel {
    const own = new Set<Listener>();
    tabs.add(own);
    return {
      postMessage(data) {
        const others = [...tabs].filter((tab) => tab !== own).flatMap((tab) => [...tab]);
        queueMicrotask(() => {
          for (const listener of others) listener({ data });
        });
      },
      addEventListener: (_, listener) => void own.add(listener),
      close: () => void tabs.delete(own),
    };
  }

  return {
    kept,
    open: (options) => createCartClient({ storage, channel: openChannel(), ...patience, ...options }),
  };
}

/** Whatever the machine does besides: only tests of deadlines have short ones. Pauses take no time. */
export const patience = {
  deadline: 30_000,
  wait: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

/** Resolves once the client shows what is looked for. */
export function shows(client: CartClient, isShown: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (isShown()) {
      resolve();
      return;
    }
    const end = client.subscribe(() => {
      if (!isShown()) return;
      end();
      resolve();
    });
  });
}

/** What a request asks for; the client sends texts. */
export const bodyOf = (init: RequestInit | undefined) => init?.body as string;
