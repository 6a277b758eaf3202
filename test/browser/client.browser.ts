/** The page of docs/clients.md in a real browser, with the service behind a proxy that cuts connections: on both stores, with two tabs. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../docs/page-files.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The shown files as one script. @param url what to ask in the place of localhost:8080 */
async function bundle(url: string): Promise<string> {
  const files = await filesOf('docs/clients.md');
  const main =
    "import { render } from 'preact'; import { jsx } from 'preact/jsx-runtime'; import App from './src/App'; render(jsx(App, {}), document.body);";
  const { outputFiles } = await build({
    stdin: { contents: main, resolveDir: resolve('.'), loader: 'tsx' },
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: {
      react: 'preact/compat',
      '@cartwright/client': resolve('client/src/index.ts'),
      '@cartwright/client/react': resolve('client/src/react/index.ts'),
    },
    plugins: [
      {
        name: 'shown files',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/(src\/App|cart)$/ }, ({ path }) => ({
            path: path === './cart' ? 'src/cart.ts' : 'src/App.tsx',
            namespace: 'shown',
          }));
          onLoad({ filter: /.*/, namespace: 'shown' }, ({ path }) => ({
            contents: (files.get(path) ?? '').replace('http://localhost:8080/graphql', url),
            loader: 'tsx',
            resolveDir: resolve('.'),
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}

describe.each(storeTypes)('a shop page, on %s', (type) => {
  let app: TestApp;
  let proxy: TcpProxy;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    let script = '';
    server = createServer(({ url: path }, response) => {
      response.setHeader('content-type', path === '/main.js' ? 'text/javascript' : 'text/html');
      response.end(
        path === '/main.js'
          ? script
          : '<!doctype html><html lang="en"><title>Shop</title><body><script type="module" src="/main.js"></script>',
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    app = await openTestApp(type, { env: { CORS_ORIGINS: url } });
    proxy = await startTcpProxy(app.url);
    script = await bundle(`${proxy.url}graphql`);
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    proxy.close();
    await app.close();
  });

  const add = (page: Page) => page.getByRole('button', { name: 'Add Widget Alpha' }).click();
  const shows = (page: Page, text: string) =>
    page.getByRole('region', { name: 'Cart' }).getByText(text).waitFor();
  const settled = (page: Page) => page.locator('section[aria-busy=false]').waitFor();

  it('opens one cart for two tabs that add their first item at the very same moment', async () => {
    const context = await browser.newContext();
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(url);
      await tab.getByRole('button', { name: 'Add Widget Alpha' }).waitFor();
    }
    // In the pages themselves, by their clock: whoever clicks from here has the tabs one after the other.
    const at = Date.now() + 300;
    const click = `{ while (Date.now() < ${at}); document.querySelector('ul button').click(); }`;
    await Promise.all(tabs.map((tab) => tab.evaluate(click)));
    for (const tab of tabs) await shows(tab, '2 × Widget Alpha');
    await context.close();
  });

  it('finds what other devices have changed once the network is back', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await add(page);
    await settled(page);
    await shows(page, '1 × Widget Alpha');
    const kept = await page.evaluate<string>(`localStorage.getItem('cartwright.cart')`);
    const { cartId } = JSON.parse(kept) as { cartId: string };
    await context.setOffline(true);
    const query =
      'mutation ($input: AddCartItemsInput!) { addCartItems(input: $input) { userErrors { code } } }';
    const input = { cartId, items: [{ productId: '1', quantity: 1 }], idempotencyKey: crypto.randomUUID() };
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input } }),
    });
    expect(await response.json()).toEqual({ data: { addCartItems: { userErrors: [] } } });
    await context.setOffline(false);
    await shows(page, '2 × Widget Alpha');
    await context.close();
  });

  it('keeps one cart, adds once whatever is cut, tells the other tab, and checks out once', async () => {
    const context = await browser.newContext();
    const [left, right] = [await context.newPage(), await context.newPage()];
    await Promise.all([left.goto(url), right.goto(url)]);
    // As who clicks in it does: Chromium gives a tab in the background each click a second late.
    await left.bringToFront();
    for (const kind of ['before', 'after', 'middle'] as const) {
      proxy.injectOnce({ at: 'mutation AddCartItems', kind });
      await add(left);
      await settled(left);
    }
    expect(proxy.met.length).toBe(3);
    await shows(left, '3 × Widget Alpha $89.97');
    await shows(right, '3 × Widget Alpha $89.97');
    await right.bringToFront();
    await right.getByRole('button', { name: 'One Widget Alpha less' }).click();
    await shows(left, 'Total: $59.98');
    await left.bringToFront();
    await left.reload();
    await shows(left, 'Total: $59.98');
    proxy.injectOnce({ at: 'mutation CheckoutCart', kind: 'after' });
    await left.getByRole('button', { name: 'Check out' }).click();
    await shows(left, 'Thank you! Your order is');
    await shows(right, 'Total: nothing');
    await right.bringToFront();
    await right.getByRole('button', { name: 'Check out' }).click();
    await context.close();
  });
});
