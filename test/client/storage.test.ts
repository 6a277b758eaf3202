/** Tabs of a browser without BroadcastChannel hear of each other by the events of their storage. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCartClient } from '../../client/src/index.ts';
import { openService, cartOf } from './open-service.ts';
import { openBrowser, patience, shows } from './tabs.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('storage events', () => {
  const service = openService('postgres');

  it('are enough', async () => {
    const listeners = new Set<(event: { key: string; newValue: string | null }) => void>();
    vi.stubGlobal('addEventListener', (_: string, listener: never) => listeners.add(listener));
    vi.stubGlobal('removeEventListener', (_: string, listener: never) => listeners.delete(listener));
    const { kept } = openBrowser();
    const open = () => {
      const before = new Set(listeners);
      const storage = {
        getItem: (name: string) => kept.get(name) ?? null,
        setItem(name: string, value: string) {
          kept.set(name, value);
          const others = [...listeners].filter((listener) => !own.has(listener));
          queueMicrotask(() => {
            for (const listener of others) listener({ key: name, newValue: value });
          });
        },
      };
      const client = createCartClient({
        url: `${service.proxy.url}graphql`,
        storage,
        channel: null,
        ...patience,
      });
      const own = new Set([...listeners].filter((listener) => !before.has(listener)));
      return client;
    };
    const [left, right] = [open(), open()];
    await Promise.all([left.load(), right.load()]);
    cartOf(await left.addItems([{ productId: '3', quantity: 4 }]));
    await shows(right, () => right.getSnapshot().cart?.itemCount === 4);
    cartOf(await right.clear());
    await shows(left, () => left.getSnapshot().cart?.itemCount === 0);
    left.close();
    right.close();
    expect(listeners.size).toBe(0);
  });

  it('a storage that is forbidden or full is done without', async () => {
    const forbidden = () => {
      throw new DOMException('Not here.', 'SecurityError');
    };
    const storage = { getItem: forbidden, setItem: forbidden };
    const client = createCartClient({
      url: `${service.proxy.url}graphql`,
      storage,
      channel: null,
      ...patience,
    });
    const { id } = cartOf(await client.addItems([{ productId: '1', quantity: 1 }]));
    expect(cartOf(await client.openCart()).id).toBe(id);
    client.close();
  });
});
