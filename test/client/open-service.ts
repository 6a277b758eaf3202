/** The real service behind a proxy that cuts connections, and browsers in front of it. */
import { afterAll, beforeAll } from 'vitest';
import type { Cart, CartClient, CartClientOptions, ChangeResult } from '../../client/src/index.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { openTestApp, type StoreType, type TestApp } from '../support/test-app.ts';
import { openBrowser, type FakeBrowser } from './tabs.ts';

export function openService(type: StoreType, env: Record<string, string> = {}) {
  let app: TestApp;
  let proxy: TcpProxy;
  beforeAll(async () => {
    app = await openTestApp(type, { env, products: 20 });
    proxy = await startTcpProxy(app.url);
  });
  afterAll(async () => {
    proxy.close();
    await app.close();
  });

  return {
    get app() {
      return app;
    },
    get proxy() {
      return proxy;
    },
    /** A tab, of a browser of its own unless one is given. */
    open: (browser: FakeBrowser = openBrowser(), options: Partial<CartClientOptions> = {}): CartClient =>
      browser.open({ url: `${proxy.url}graphql`, ...options }),
  };
}

/** @throws Error with the whole result where it is another */
export function cartOf(result: ChangeResult): Cart {
  if (!result.ok) throw new Error(`The change was not made: ${JSON.stringify(result)}`);
  return result.cart;
}

/** Products and quantities, in order. */
export const contentOf = (cart: Cart | undefined) =>
  cart?.items.map(({ productId, quantity }) => [productId, quantity]);
