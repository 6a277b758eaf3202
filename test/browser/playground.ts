/** The playground as people use it, in a wide window and in one of a phone. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { examples } from '../../src/playground/examples.ts';
import { openTestApp, type StoreType, type TestApp } from '../support/test-app.ts';
import { launchBrowser, openWatched, violationsOn, type Watched } from './browser.ts';

const WIDE = { viewport: { width: 1280, height: 800 } };
const NARROW = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const windows = [
  ['wide', WIDE],
  ['narrow', NARROW],
] as const;

/** A busy machine takes longer than the second that is waited otherwise. */
const PATIENT = { timeout: 30_000 };

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const editor = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** In a narrow window one view is shown at a time; in a wide one the operation and its answer always are. */
async function show(page: Page, view: string): Promise<void> {
  const item = page.getByRole('navigation').getByRole('button', { name: view, exact: true });
  if (await item.isVisible()) await item.click();
}

async function become(page: Page, who: string): Promise<void> {
  await button(page, /^Who is asking/).click();
  await button(page, who).click();
  const name = who === 'Nobody (guest)' ? 'Guest' : who;
  await page.getByText(`Now asking as: ${name}.`).waitFor();
  await button(page, 'Close').click();
}

/** Runs the operation that is shown. @returns its answer, as it is shown, from the first line on */
async function run(page: Page): Promise<string> {
  await show(page, 'Write');
  const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
  await button(page, /^Run/).click();
  const response = await answered;
  await page.getByRole('status').filter({ hasText: '200 ·' }).waitFor();
  return (await response.text()).trim();
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await editor(page, name).click();
  await page.keyboard.press('ControlOrMeta+a');
  // Chromium itself gives text that takes the place of other text the other's style, which the policy refuses, and says so.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** The name of what has the focus, in shadow trees too. */
const FOCUSED = `(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim();
})()`;

/** All of it on one store, as the tests of a file: each file has a browser of its own. */
export function describePlayground(store: StoreType): void {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-browser-'));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  describe.each(windows)(`on ${store}, in a %s window`, (_, options) => {
    let app: TestApp;
    let watched: Watched;
    let page: Page;
    beforeAll(async () => {
      app = await openTestApp(store, { env: { AUTH_MODE: 'jwt', DATA_DIR: folder } });
      watched = await openWatched(browser, app.url, options);
      ({ page } = watched);
    });
    afterAll(async () => {
      await watched.close();
      await app.close();
    });
    beforeEach(() => watched.begin());
    afterEach(() => {
      // What comes later is the next test's.
      expect(watched.faults.splice(0)).toEqual([]);
    });

    it('runs every example, one after the other', async () => {
      await become(page, 'Staff');
      for (const { name } of examples) {
        await show(page, 'Examples');
        await page
          .getByRole('button', { name: new RegExp(`^${name}\\b`) })
          .first()
          .click();
        const answer = await run(page);
        expect(answer, name).not.toContain('"errors"');
        expect(answer.includes('"userErrors":[{'), name).toBe(name === 'UserErrors');
      }
    });

    it('finds examples by a word', async () => {
      await show(page, 'Examples');
      await page.getByRole('searchbox', { name: 'Search examples' }).fill('checkoutCart');
      await expect
        .poll(() => page.getByRole('listitem').getByRole('button', { name: 'CheckOut' }).count(), PATIENT)
        .toBe(1);
      expect(await page.getByRole('button', { name: /^AddItems/ }).count()).toBe(0);
      expect(await page.getByText('1 examples found').count()).toBe(1);
    });

    it('asks as whoever is chosen, in every tab, and says when somebody else may', async () => {
      expect(await run(page)).toContain('FORBIDDEN');
      await page.getByText('You asked as: Guest.').waitFor();
      await become(page, 'Customer 12345');
      expect(await run(page)).toContain('"customerId":"12345"');
      await show(page, 'Examples');
      await page.getByRole('button', { name: /^GetCart\b/ }).click();
      expect(await run(page)).toContain('"status":"ACTIVE"');
      await become(page, 'Nobody (guest)');
      expect(await run(page)).toBe('{"data":{"cart":null}}');
    });

    it('keeps the token when told to, for other tabs of the browser too', async () => {
      await become(page, 'Staff');
      await page.reload();
      await button(page, 'Who is asking: Guest').waitFor();
      await button(page, /^Who is asking/).click();
      await page.getByRole('checkbox', { name: /^Keep it/ }).check();
      await button(page, 'Close').click();
      await become(page, 'Customer 12345');
      await page.reload();
      await button(page, 'Who is asking: Customer 12345').waitFor();
      const other = await watched.another();
      await button(other, 'Who is asking: Customer 12345').waitFor();
      await page.bringToFront();
      await become(page, 'Customer auth0|ada');
      await button(other, 'Who is asking: Customer auth0|ada').waitFor();
    });

    it('builds an operation from fields', async () => {
      await show(page, 'Write');
      await button(page, 'New operation').click();
      await show(page, 'Fields');
      await page.getByRole('checkbox', { name: /^products ProductConnection/ }).check();
      await page.getByRole('checkbox', { name: /^first:/ }).check();
      await page
        .getByRole('checkbox', { name: /^name String/ })
        .first()
        .check();
      await show(page, 'Write');
      expect(await editor(page, 'Variables').textContent()).toContain('"first": 20');
      const answer = JSON.parse(await run(page)) as { data: { products: { nodes: object[] } } };
      expect(answer.data.products.nodes).toHaveLength(20);
      expect(answer.data.products.nodes[0]).toEqual({ id: '1', name: 'Widget Alpha' });
    });

    it('completes names, underlines mistakes and explains types', async () => {
      await show(page, 'Write');
      await write(page, 'Operation', '{ products { nodes { nam');
      await page.keyboard.press('Control+Space');
      await page.getByRole('option', { name: /^name/ }).click();
      expect(await editor(page, 'Operation').textContent()).toContain('nodes { name');
      await write(page, 'Operation', '{ nothingOfThisKind }');
      await page.locator('.cm-lintRange-error').first().waitFor();
      await show(page, 'Schema');
      await button(page, 'Cart').click();
      await page.getByText('A UUID. Whoever knows the id of a guest cart may use the cart.').waitFor();
      await button(page, '[CartItem!]!').click();
      await page.getByRole('heading', { name: 'CartItem object' }).waitFor();
    });

    it('keeps what was sent, until it is cleared', async () => {
      await show(page, 'Write');
      await write(page, 'Operation', 'query Sent { products(first: 1) { nodes { id } } }');
      await run(page);
      await page.reload();
      await show(page, 'Write');
      await write(page, 'Operation', '{ __typename }');
      await show(page, 'History');
      await button(page, /^Sent\b/).click();
      expect(await editor(page, 'Operation').textContent()).toContain('query Sent');
      await show(page, 'History');
      await button(page, 'Clear the history').click();
      await page.getByText('Operations that you run are kept here').waitFor();
    });

    it('gives the schema as a file', async () => {
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download schema.graphql' }).click();
      const path = await (await download).path();
      expect(await readFile(path, 'utf8')).toBe(
        await readFile(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'),
      );
    });

    it('says so when the network is gone, and goes on when it is back', async () => {
      await become(page, 'Staff');
      await page.context().setOffline(true);
      await button(page, /^Run/).click();
      await page.getByRole('status').filter({ hasText: 'not answered' }).waitFor();
      await page.context().setOffline(false);
      expect(await run(page)).toContain('"createCart":{"cart":{');
      // The browser's own line about the request that could not be sent.
      expect(watched.faults.splice(0)).toEqual([expect.stringContaining('net::ERR_INTERNET_DISCONNECTED')]);
    });

    it('can be used by keyboard alone', async () => {
      const focused = () => page.evaluate<string>(FOCUSED);
      const tabTo = async (name: RegExp) => {
        for (let press = 0; press < 80 && !name.test(await focused()); press += 1)
          await page.keyboard.press('Tab');
        expect(await focused()).toMatch(name);
      };
      await tabTo(/^Who is asking/);
      await page.keyboard.press('Enter');
      await tabTo(/^Staff$/);
      await page.keyboard.press('Space');
      await page.getByText('Now asking as: Staff.').waitFor();
      await page.keyboard.press('Escape');
      expect(await focused()).toMatch(/^Who is asking/);
      await tabTo(/^Examples$/);
      await page.keyboard.press('Enter');
      await tabTo(/^Products/);
      await page.keyboard.press('Enter');
      await tabTo(/^Variables$/);
      const answered = page.waitForResponse((response) => response.url().endsWith('/graphql'));
      await page.keyboard.press('ControlOrMeta+Enter');
      expect(await (await answered).text()).toContain('Widget Alpha');
      await tabTo(/^Answer$/);
    });

    // The page is the same on both stores, and a look takes seconds.
    const scheme = store === 'postgres' ? 'light' : 'dark';
    it(`axe finds nothing in ${scheme}, and nothing is wider than the window`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      const look = async (what: string) => {
        expect(await violationsOn(page), what).toEqual([]);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(width, what).toBeLessThanOrEqual(options.viewport.width);
      };
      await run(page);
      await look('an answer, with a hint');
      await button(page, /^Who is asking/).click();
      await look('who is asking');
      await page.keyboard.press('Escape');
      for (const view of ['Examples', 'Fields', 'Schema', 'History', 'Write']) {
        await show(page, view);
        await look(view);
      }
      await show(page, 'Schema');
      await button(page, 'Cart').click();
      await look('a type');
    });
  });

  if (store !== 'postgres') return;

  /** The picture in README.md: `UPDATE_PICTURES=true npm run test:browser` makes it anew. */
  it.runIf(process.env['UPDATE_PICTURES'] === 'true')('has its picture taken', async () => {
    const app = await openTestApp('postgres', { env: { AUTH_MODE: 'jwt', DATA_DIR: folder } });
    const { page, begin, close } = await openWatched(browser, app.url, {
      viewport: { width: 1200, height: 700 },
    });
    await begin();
    await become(page, 'Customer 12345');
    await run(page);
    await page.screenshot({ path: new URL('../../docs/playground.png', import.meta.url).pathname });
    await close();
    await app.close();
  });
}
